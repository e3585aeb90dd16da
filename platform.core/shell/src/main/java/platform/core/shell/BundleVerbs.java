package platform.core.shell;

import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What can be done with the framework's bundles, in the form of the platform's other commands. */
final class BundleVerbs {

    private static final String NAME = "The bundle's number or symbolic name, as bundle:list shows them.";

    private final CommandConsole console;
    private final BundleContext context;

    BundleVerbs(CommandConsole console, BundleContext context) {
        this.console = console;
        this.context = context;
    }

    /** A bundle as it is now. */
    record BundleInfo(long id, String name, String version, String state, int startLevel, String location) {

        static BundleInfo of(Bundle bundle) {
            return new BundleInfo(
                    bundle.getBundleId(),
                    String.valueOf(bundle.getSymbolicName()),
                    bundle.getVersion().toString(),
                    state(bundle),
                    bundle.adapt(BundleStartLevel.class).getStartLevel(),
                    bundle.getLocation());
        }

        private static String state(Bundle bundle) {
            return switch (bundle.getState()) {
                case Bundle.UNINSTALLED -> "UNINSTALLED";
                case Bundle.INSTALLED -> "INSTALLED";
                case Bundle.RESOLVED -> "RESOLVED";
                case Bundle.STARTING -> "STARTING";
                case Bundle.STOPPING -> "STOPPING";
                default -> "ACTIVE";
            };
        }
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "bundle:list",
            description = "List the framework's bundles.",
            footer = "%nExample: bundle:list | grep -v ACTIVE")
    void list(@Mixin Output output) {
        List<BundleInfo> bundles =
                Arrays.stream(context.getBundles()).map(BundleInfo::of).toList();
        Table table = new Table("ID", "NAME", "VERSION", "STATE", "LEVEL");
        bundles.forEach(b -> table.row(b.id(), b.name(), b.version(), b.state(), b.startLevel()));
        output.list(console, bundles, table);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "bundle:info",
            description = "Show a bundle's state, the bundles that it is wired to, and its services.",
            footer = "%nExample: bundle:info platform.core.shell")
    void info(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        Bundle bundle = bundle(name);
        BundleInfo info = BundleInfo.of(bundle);
        Map<String, Object> json = new TreeMap<>();
        json.put("bundle", info);
        json.put("uses", providers(bundle));
        json.put("services", services(bundle));

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Bundle", info.id() + " " + info.name() + " " + info.version());
        fields.put("State", info.state() + ", start level " + info.startLevel());
        fields.put("Location", info.location());
        fields.put("Uses", String.join(" ", providers(bundle)));
        fields.put("Services", String.join(" ", services(bundle)));
        output.fields(console, json, fields);
    }

    private static Set<String> providers(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null) {
            for (BundleWire wire : wiring.getRequiredWires(null)) {
                names.add(wire.getProvider().getSymbolicName());
            }
        }
        return names;
    }

    private static Set<String> services(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : registered == null ? new ServiceReference<?>[0] : registered) {
            names.addAll(Arrays.asList((String[]) reference.getProperty("objectClass")));
        }
        return names;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "bundle:start",
            description = "Start a bundle.",
            footer = "%nExample: bundle:start org.apache.felix.webconsole")
    void start(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        change(name, Bundle::start, "Started ", output);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "bundle:stop",
            description = "Stop a bundle, until it is started again or the platform restarts.",
            footer = "%nExample: bundle:stop org.apache.felix.webconsole")
    void stop(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        change(name, bundle -> bundle.stop(Bundle.STOP_TRANSIENT), "Stopped ", output);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "bundle:restart",
            description = "Stop a bundle and start it.",
            footer = "%nExample: bundle:restart org.apache.felix.webconsole")
    void restart(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        change(name, BundleVerbs::restart, "Restarted ", output);
    }

    private static void restart(Bundle bundle) throws BundleException {
        bundle.stop(Bundle.STOP_TRANSIENT);
        bundle.start(Bundle.START_TRANSIENT);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "bundle:headers",
            description = "Show the headers of a bundle's manifest.",
            footer = "%nExample: bundle:headers platform.core.shell")
    void headers(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        Dictionary<String, String> headers = bundle(name).getHeaders();
        Map<String, String> fields = new TreeMap<>();
        Collections.list(headers.keys()).forEach(key -> fields.put(key, headers.get(key)));
        output.fields(console, fields, fields);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "bundle:refresh",
            description = "Wire a bundle, and all that depends on it, anew; they stop and start.",
            footer = "%nExample: bundle:refresh org.apache.felix.webconsole")
    void refresh(@Parameters(paramLabel = "BUNDLE", description = NAME) String name, @Mixin Output output) {
        FrameworkWiring wiring = context.getBundle().adapt(FrameworkWiring.class);
        change(name, bundle -> wiring.refreshBundles(List.of(bundle)), "Refreshing ", output);
    }

    private void change(String name, Change change, String done, Output output) {
        Bundle bundle = bundle(name);
        Work.whole(() -> {
            try {
                change.apply(bundle);
            } catch (BundleException e) {
                throw PlatformException.failed("Bundle " + name + ": " + e.getMessage(), e);
            }
        });
        output.text(console, BundleInfo.of(bundle), done + bundle.getSymbolicName() + ".");
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(b -> name.equals(b.getSymbolicName()) || name.equals(String.valueOf(b.getBundleId())))
                .findFirst()
                .orElseThrow(() ->
                        PlatformException.notFound("There is no bundle " + Table.quoted(name) + ". See bundle:list."));
    }

    private interface Change {
        void apply(Bundle bundle) throws BundleException;
    }
}
