package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Renaming;

/** The command that renames; of the scope {@code platform}, for it reaches over all instances. */
@Component(
        service = RenameCommands.class,
        property = {"osgi.command.scope=platform", "osgi.command.function=rename"})
public final class RenameCommands extends CommandGroup {

    private final Optional<Renaming> renaming;

    @Activate
    public RenameCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Renaming renaming) {
        super("platform", RenameVerbs.class);
        this.renaming = Optional.ofNullable(renaming);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new RenameVerbs(console, renaming.orElseThrow(PlatformCommands::managerMissing));
    }
}
