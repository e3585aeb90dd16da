package platform.core.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.BackupTargets;
import platform.backup.api.Backups;
import platform.backup.api.TargetInfo;
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
    private final Optional<BackupTargets> targets;

    @Activate
    public BackupCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Backups backups,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupTargets targets) {
        super("backup", BackupVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.backups = Optional.ofNullable(backups);
        this.targets = Optional.ofNullable(targets);
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
        return switch (label) {
            case "INSTANCE" -> InstanceDatabases.names(instances);
            case "PLACE" -> targetNames().toList();
            case "FILE|INSTANCE" ->
                Stream.of(
                                InstanceDatabases.names(instances).stream(),
                                Stream.of(Backups.MANAGER),
                                ownFiles(),
                                targetNames().map(name -> name + ":"))
                        .flatMap(names -> names)
                        .toList();
            default -> List.of();
        };
    }

    private Stream<String> targetNames() {
        return targets.stream().flatMap(it -> it.list().stream()).map(TargetInfo::name);
    }

    /** Those of the platform's own folder: nobody waits for a server while he types. */
    private Stream<String> ownFiles() {
        return backups.stream()
                .flatMap(it -> it.list(it.folder().toString()).stream())
                .map(it -> Path.of(it.file().name()).getFileName().toString());
    }
}
