package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Instances;
import platform.core.api.Metrics;

/** The command {@code platform:metrics}. */
@Component(
        service = MetricCommands.class,
        property = {"osgi.command.scope=platform", "osgi.command.function=metrics"})
public final class MetricCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<Metrics> metrics;

    @Activate
    public MetricCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Metrics metrics) {
        super("platform", MetricVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.metrics = Optional.ofNullable(metrics);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new MetricVerbs(console, metrics.orElseThrow(PlatformCommands::managerMissing), instances);
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "METRIC" -> MetricText.names();
            case "INSTANCE" -> InstanceDatabases.names(instances);
            default -> List.of();
        };
    }
}
