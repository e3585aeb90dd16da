package platform.core.shell;

import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** What Gogo's own shell would bring: control structures ({@code if}, {@code each} …) and how bundles are printed and named. */
@Component(
        service = {},
        immediate = true)
public final class GogoSupport {

    private final ServiceRegistration<?> procedural;
    private final ServiceRegistration<?> converters;

    @Activate
    public GogoSupport(BundleContext context) {
        String[] functions = {"break", "continue", "each", "if", "not", "throw", "try", "until", "while"};
        procedural = context.registerService(
                Procedural.class,
                new Procedural(),
                new Hashtable<>(
                        Map.of(CommandProcessor.COMMAND_SCOPE, "gogo", CommandProcessor.COMMAND_FUNCTION, functions)));
        BundleContext whole =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        converters = context.registerService(Converter.class, new Converters(whole), null);
    }

    @Deactivate
    void close() {
        converters.unregister();
        procedural.unregister();
    }
}
