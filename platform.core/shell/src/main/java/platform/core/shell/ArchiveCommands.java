package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.PointInTime;
import platform.core.api.PlatformException;

/** The command {@code backup:archive}. */
@Component(
        service = ArchiveCommands.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=archive"})
public final class ArchiveCommands extends CommandGroup {

    private final Optional<PointInTime> archive;

    @Activate
    public ArchiveCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    PointInTime archive) {
        super("backup", ArchiveVerbs.class);
        this.archive = Optional.ofNullable(archive);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ArchiveVerbs(console, archive.orElseThrow(ArchiveCommands::missing));
    }

    static PlatformException missing() {
        return PlatformException.conflict(
                "There is no continuous archiving: the database is away, or not the platform's"
                        + " own server, or backups/state/point-in-time.json is damaged. The platform's log says which.");
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("ACTION") ? ArchiveVerbs.ACTIONS : List.of();
    }
}
