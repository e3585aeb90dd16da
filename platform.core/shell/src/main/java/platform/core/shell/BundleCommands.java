package platform.core.shell;

import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The commands of the scope {@code bundle}. */
@Component(
        service = BundleCommands.class,
        property = {
            "osgi.command.scope=bundle",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=restart",
            "osgi.command.function=headers",
            "osgi.command.function=refresh"
        })
public final class BundleCommands extends CommandGroup {

    private final BundleContext context;

    @Activate
    public BundleCommands(BundleContext context) {
        super("bundle", BundleVerbs.class);
        this.context = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new BundleVerbs(console, context);
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("BUNDLE")
                ? Arrays.stream(context.getBundles())
                        .map(Bundle::getSymbolicName)
                        .toList()
                : List.of();
    }
}
