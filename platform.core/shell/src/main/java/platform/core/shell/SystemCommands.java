package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Platform;

/** The commands of the scope {@code system}, by which users of Karaf look for what is in {@code platform} here. */
@Component(
        service = SystemCommands.class,
        property = {"osgi.command.scope=system", "osgi.command.function=shutdown"})
public final class SystemCommands extends CommandGroup {

    private final Optional<Platform> platform;

    @Activate
    public SystemCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform) {
        super("system", SystemVerbs.class);
        this.platform = Optional.ofNullable(platform);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new SystemVerbs(new PlatformVerbs(console, platform, new CommandIndex(session)));
    }
}
