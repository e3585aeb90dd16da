package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Instances;
import platform.db.api.DatabaseStatistics;
import platform.db.api.DiskSpace;

/** The command that tells of the disk; of the scope {@code platform}, and there without the manager, too. */
@Component(
        service = DiskCommands.class,
        property = {"osgi.command.scope=platform", "osgi.command.function=disk"})
public final class DiskCommands extends CommandGroup {

    private final Optional<DiskSpace> disk;
    private final Optional<Instances> instances;
    private final Optional<DatabaseStatistics> statistics;

    @Activate
    public DiskCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DiskSpace disk,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseStatistics statistics) {
        super("platform", DiskVerbs.class);
        this.disk = Optional.ofNullable(disk);
        this.instances = Optional.ofNullable(instances);
        this.statistics = Optional.ofNullable(statistics);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new DiskVerbs(console, disk.orElseThrow(PlatformCommands::managerMissing), instances, statistics);
    }
}
