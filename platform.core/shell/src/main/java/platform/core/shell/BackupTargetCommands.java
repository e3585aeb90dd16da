package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.BackupTargets;
import platform.backup.api.TargetInfo;

/** The command {@code backup:target}. */
@Component(
        service = BackupTargetCommands.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=target"})
public final class BackupTargetCommands extends CommandGroup {

    private final Optional<BackupTargets> targets;

    @Activate
    public BackupTargetCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupTargets targets) {
        super("backup", BackupTargetVerbs.class);
        this.targets = Optional.ofNullable(targets);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new BackupTargetVerbs(console, targets.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "ACTION" -> List.of("add", "list", "test", "remove");
            case "TARGET" ->
                targets.stream()
                        .flatMap(it -> it.list().stream())
                        .map(TargetInfo::name)
                        .toList();
            default -> List.of();
        };
    }
}
