package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;

/** The command {@code instance:limit}. */
@Component(
        service = LimitCommands.class,
        property = {"osgi.command.scope=instance", "osgi.command.function=limit"})
public final class LimitCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<InstanceQuotas> quotas;

    @Activate
    public LimitCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceQuotas quotas) {
        super("instance", LimitVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.quotas = Optional.ofNullable(quotas);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new LimitVerbs(console, quotas.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
