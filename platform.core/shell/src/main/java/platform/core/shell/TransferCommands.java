package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.Backups;
import platform.backup.api.InstanceFiles;
import platform.core.api.Instances;

/** The commands {@code instance:export} and {@code instance:import}. */
@Component(
        service = TransferCommands.class,
        property = {"osgi.command.scope=instance", "osgi.command.function=export", "osgi.command.function=import"})
public final class TransferCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<InstanceFiles> files;
    private final Optional<Backups> backups;

    @Activate
    public TransferCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceFiles files,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Backups backups) {
        super("instance", TransferVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.files = Optional.ofNullable(files);
        this.backups = Optional.ofNullable(backups);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new TransferVerbs(
                console,
                files.orElseThrow(BackupCommands::backupsMissing),
                new BackupPlaces(backups.orElseThrow(BackupCommands::backupsMissing)));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
