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
import platform.core.api.Instances;
import platform.core.api.PlatformException;

/** The commands of the scope {@code backup}. */
@Component(
        service = BackupCommands.class,
        property = {
            "osgi.command.scope=backup",
            "osgi.command.function=run",
            "osgi.command.function=list",
            "osgi.command.function=verify",
            "osgi.command.function=restore",
            "osgi.command.function=drill",
            "osgi.command.function=key"
        })
public final class BackupCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<Backups> backups;

    @Activate
    public BackupCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Backups backups) {
        super("backup", BackupVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.backups = Optional.ofNullable(backups);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new BackupVerbs(
                console,
                new InstanceDatabases(instances.orElseThrow(PlatformCommands::managerMissing)),
                backups.orElseThrow(BackupCommands::backupsMissing));
    }

    static PlatformException backupsMissing() {
        return PlatformException.conflict(
                "The backups cannot be used: either the database is away, or there is a mistake in"
                        + " etc/platform.backup.archive.cfg. The platform's log says which.");
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
