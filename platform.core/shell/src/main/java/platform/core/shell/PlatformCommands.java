package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Platform;
import platform.core.api.PlatformException;

/** The commands of the scope {@code platform}. */
@Component(
        service = PlatformCommands.class,
        property = {
            "osgi.command.scope=platform",
            "osgi.command.function=info",
            "osgi.command.function=rotate-db-password",
            "osgi.command.function=shutdown",
            "osgi.command.function=help"
        })
public final class PlatformCommands extends CommandGroup {

    private final Optional<Platform> platform;

    @Activate
    public PlatformCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform) {
        super("platform", PlatformVerbs.class);
        this.platform = Optional.ofNullable(platform);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new PlatformVerbs(console, platform, new CommandIndex(session));
    }

    static PlatformException managerMissing() {
        return new PlatformException(
                PlatformException.Kind.CONFLICT,
                "The platform's manager is not running: its database or the webserver is down or still starting."
                        + " The platform's log says more.");
    }
}
