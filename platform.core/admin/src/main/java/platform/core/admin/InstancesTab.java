package platform.core.admin;

import jakarta.servlet.Servlet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;

/** The instances with their states, when each was last proved to have a backup, and buttons that start and stop them. */
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
                List.of("Instance", "App", "State", "Since", "Reason", "Path", "Backup proved"),
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
        return new Row(
                it.id().toString(),
                List.of(
                        it.id().toString(),
                        it.app(),
                        it.state().toString(),
                        it.since().toString(),
                        it.reason(),
                        it.path(),
                        proved.map(Instant::toString).orElse("never")),
                Lifecycle.actions(it.state()));
    }

    @Override
    void act(String action, String target, Caller caller) {
        InstanceId id = InstanceId.parse(target);
        Instances all = instances.orElseThrow(ConsoleTab::managerMissing);
        Lifecycle.act(action, () -> all.start(id), () -> all.stop(id));
    }
}
