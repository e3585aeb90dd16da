package platform.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;
import platform.core.api.AppService;

/**
 * A framework for one app. What the app may import comes from the class path of the process: the framework itself exports it, as
 * the manifests of those jars say.
 */
final class AppFramework {

    /** The jars of the class path that an app may see; the same as in the platform's own framework. */
    private static final Set<String> SHOWN = Set.of(
            "platform.core.api",
            "platform.webserver.api",
            "platform.tracing.api",
            "slf4j.api",
            "org.apache.felix.http.servlet-api",
            "org.osgi.service.servlet",
            "org.osgi.service.component",
            "org.osgi.util.promise",
            "org.osgi.util.function");

    private static final String COMPONENTS = "org.apache.felix.scr";
    private static final long REGISTRATION_MILLIS = 10_000;

    private final Framework framework;

    private AppFramework(Framework framework) {
        this.framework = framework;
    }

    /** Starts it, with Declarative Services and nothing else. */
    static AppFramework start(Path cache) throws BundleException, IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put("ds.loglevel", "1");
        StringJoiner packages = new StringJoiner(",");
        StringJoiner capabilities = new StringJoiner(",");
        for (Attributes shown : shown()) {
            add(packages, shown.getValue(Constants.EXPORT_PACKAGE));
            add(capabilities, shown.getValue(Constants.PROVIDE_CAPABILITY));
        }
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages.toString());
        settings.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, capabilities.toString());
        Framework framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        Bundle components =
                framework.getBundleContext().installBundle("components", Files.newInputStream(jar(COMPONENTS)));
        components.start();
        return new AppFramework(framework);
    }

    private static void add(StringJoiner list, String header) {
        if (header != null) {
            list.add(header);
        }
    }

    private static List<Attributes> shown() throws IOException {
        return Collections.list(AppFramework.class.getClassLoader().getResources("META-INF/MANIFEST.MF")).stream()
                .map(AppFramework::manifest)
                .filter(it -> SHOWN.contains(symbolicName(it)))
                .toList();
    }

    private static Attributes manifest(URL url) {
        try (InputStream input = url.openStream()) {
            return new Manifest(input).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException("The manifest " + url + " cannot be read", e);
        }
    }

    private static String symbolicName(Attributes manifest) {
        String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        return name == null ? "" : name.split(";", 2)[0].strip();
    }

    private static Path jar(String name) {
        String[] classPath = System.getProperty("platform.host.jars", System.getProperty("java.class.path"))
                .split(":");
        return Stream.of(classPath)
                .map(Path::of)
                .filter(it -> it.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not on the class path of the process"));
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * Starts the app's bundle.
     *
     * @throws IllegalStateException when it registers no service
     */
    AppService run(Path jar) throws BundleException, IOException, InterruptedException {
        Bundle bundle;
        try (InputStream content = Files.newInputStream(jar)) {
            bundle = context().installBundle("app", content);
        }
        bundle.start(Bundle.START_TRANSIENT);
        OwnService tracker = new OwnService(context(), bundle);
        tracker.open();
        AppService service = tracker.waitForService(REGISTRATION_MILLIS);
        if (service == null) {
            throw new IllegalStateException(bundle.getSymbolicName() + " has started but registered no AppService"
                    + " within " + REGISTRATION_MILLIS / 1000 + " s. In the platform's own process app:info says why:"
                    + " app:isolation NAME bundle");
        }
        return service;
    }

    /** Tracks the AppService that the app's own bundle registers. */
    private static final class OwnService extends ServiceTracker<AppService, AppService> {

        private final Bundle bundle;

        OwnService(BundleContext context, Bundle bundle) {
            super(context, AppService.class, null);
            this.bundle = bundle;
        }

        @Override
        public AppService addingService(ServiceReference<AppService> reference) {
            return bundle.equals(reference.getBundle()) ? super.addingService(reference) : null;
        }
    }
}
