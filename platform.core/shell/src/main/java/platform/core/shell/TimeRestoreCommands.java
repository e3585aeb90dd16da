package platform.core.shell;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.PointInTime;
import platform.core.api.Instances;

/** The command {@code instance:restore}. */
@Component(
        service = TimeRestoreCommands.class,
        property = {"osgi.command.scope=instance", "osgi.command.function=restore"})
public final class TimeRestoreCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<PointInTime> archive;
    private final Clock clock = Clock.systemUTC();

    @Activate
    public TimeRestoreCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    PointInTime archive) {
        super("instance", TimeRestoreVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.archive = Optional.ofNullable(archive);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new TimeRestoreVerbs(console, archive.orElseThrow(ArchiveCommands::missing), clock);
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
