package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Platform;

/** The commands of the scope {@code shell}, by which users of Karaf look for what is elsewhere here. */
@Component(
        service = ShellCommands.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=info", "osgi.command.function=la"})
public final class ShellCommands extends CommandGroup {

    private final BundleContext context;
    private final Optional<Platform> platform;

    @Activate
    public ShellCommands(
            BundleContext context,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform) {
        super("shell", ShellVerbs.class);
        this.context = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        this.platform = Optional.ofNullable(platform);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ShellVerbs(
                new PlatformVerbs(console, platform, new CommandIndex(session)), new BundleVerbs(console, context));
    }
}
