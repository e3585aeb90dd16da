package platform.core.admin;

import jakarta.servlet.Servlet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.TraceFlag;

/**
 * The instances with their states, when each was last proved to have a backup, and what of it is logged in detail; buttons start and stop
 * them, and set their trace flags.
 */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + InstancesTab.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Instances",
            ServletConstants.PLUGIN_CATEGORY + "=" + ConsoleTab.CATEGORY,
            ConsoleLogin.ROLE + "=viewer",
            ConsoleLogin.SCOPED + ":Boolean=true"
        })
public final class InstancesTab extends ConsoleTab {

    static final String LABEL = "platform-instances";

    private static final long serialVersionUID = 1L;
    private static final String TRACE = "trace";
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    private final transient Optional<Instances> instances;
    private final transient Optional<InstanceTransfer> transfer;

    @Activate
    public InstancesTab(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceTransfer transfer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Audit audit) {
        super(
                "instance",
                List.of("Instance", "App", "State", "Since", "Reason", "Path", "Backup proved", "Trace flags"),
                Optional.ofNullable(audit));
        this.instances = Optional.ofNullable(instances);
        this.transfer = Optional.ofNullable(transfer);
    }

    @Override
    List<Row> rows(Caller caller) {
        Map<InstanceId, Instant> proved =
                transfer.map(InstanceTransfer::lastProofs).orElse(Map.of());
        return instances.orElseThrow(ConsoleTab::managerMissing).list().stream()
                .filter(it -> caller.scope().includes(it.id()))
                .map(it -> row(it, Optional.ofNullable(proved.get(it.id()))))
                .toList();
    }

    private static Row row(InstanceInfo it, Optional<Instant> proved) {
        String flags = it.trace().stream().map(TraceFlag::word).collect(Collectors.joining(" "));
        return new Row(
                it.id().toString(),
                List.of(
                        it.id().toString(),
                        it.app(),
                        it.state().toString(),
                        it.since().toString(),
                        it.reason(),
                        it.path(),
                        proved.map(Instant::toString).orElse("never"),
                        flags),
                Lifecycle.actions(it.state()),
                Optional.of(new Field(TRACE, flags)));
    }

    @Override
    void act(String action, String target, Caller caller) {
        InstanceId id = InstanceId.parse(target);
        Instances all = instances.orElseThrow(ConsoleTab::managerMissing);
        Lifecycle.act(action, () -> all.start(id), () -> all.stop(id));
    }

    @Override
    void set(String action, String target, String value) {
        Set<TraceFlag> flags = BETWEEN.splitAsStream(value)
                .filter(word -> !word.isEmpty())
                .map(TraceFlag::parse)
                .collect(Collectors.toSet());
        instances
                .orElseThrow(ConsoleTab::managerMissing)
                .edit(InstanceId.parse(target), InstanceChange.NONE.withTrace(TraceFlag.copyOf(flags)));
    }
}
