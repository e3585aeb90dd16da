package platform.core.manager;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppService;
import platform.core.api.PlatformException;

/** Runs a service as a bundle of the platform's own framework, kept apart by {@link IsolationHooks}. */
final class BundleHost implements ServiceHost {

    private static final Logger LOG = LoggerFactory.getLogger(BundleHost.class);
    private static final Duration REGISTRATION = Duration.ofSeconds(10);

    private final BundleContext context;
    private final ComponentDiagnosis diagnosis;
    private final AppFile file;
    private final Bundle bundle;
    private ServiceTracker<AppService, AppService> tracker;

    private BundleHost(BundleContext context, ComponentDiagnosis diagnosis, AppFile file, Bundle bundle) {
        this.context = context;
        this.diagnosis = diagnosis;
        this.file = file;
        this.bundle = bundle;
    }

    /**
     * Installs and resolves the app's bundle; another version of it may be running.
     *
     * @throws PlatformException of kind INVALID when the bundle does not install or resolve; then nothing is left of it
     */
    static BundleHost install(BundleContext context, ComponentDiagnosis diagnosis, AppFile file) {
        // The file may be overwritten at any time, so the framework keeps a copy of its own.
        String location = IsolationHooks.LOCATION + file.name() + ":" + file.hash();
        try (InputStream content = Files.newInputStream(file.path())) {
            Bundle bundle = context.installBundle(location, content);
            BundleHost host = new BundleHost(context, diagnosis, file, bundle);
            host.resolve();
            // The manager alone starts and stops it: the framework's own start levels must not get in before.
            bundle.adapt(BundleStartLevel.class).setStartLevel(1);
            return host;
        } catch (BundleException | IOException e) {
            throw refused(e);
        }
    }

    private void resolve() {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(List.of(bundle))) {
            PlatformException reason = unresolved();
            uninstall();
            throw reason;
        }
    }

    /** Only an attempt to start makes the framework say what is missing. */
    private PlatformException unresolved() {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return PlatformException.invalid("The bundle does not resolve.");
        } catch (BundleException e) {
            return refused(e);
        }
    }

    private static PlatformException refused(Exception cause) {
        return new PlatformException(
                PlatformException.Kind.INVALID, "The bundle does not fit this platform: " + cause.getMessage(), cause);
    }

    @Override
    public AppFile file() {
        return file;
    }

    @Override
    public AppService start() {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw PlatformException.failed("The bundle does not start: " + rootMessage(e), e);
        }
        tracker = new OwnService(context, bundle);
        tracker.open();
        AppService service = awaitService();
        if (service == null) {
            // A bundle that is stopped has no components to ask about.
            String reason = diagnosis.whyNoService(bundle);
            stop();
            throw PlatformException.failed(reason, null);
        }
        return service;
    }

    private AppService awaitService() {
        try {
            return tracker.waitForService(diagnosis.isHopeless(bundle) ? 1 : REGISTRATION.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    @Override
    public List<URL> migrations() {
        var found = bundle.findEntries("db/migration", "*.sql", false);
        return found == null ? List.of() : Collections.list(found);
    }

    @Override
    public void stop() {
        if (tracker != null) {
            tracker.close();
            tracker = null;
        }
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("{} did not stop cleanly", file.name(), e);
        }
    }

    @Override
    public void uninstall() {
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return;
        }
        stop();
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            LOG.warn("{} could not be uninstalled; restart the platform to be rid of it", file.name(), e);
        }
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
