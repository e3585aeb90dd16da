package platform.core.manager;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Platform;
import platform.core.instance.Workers;
import platform.webserver.api.Webserver;

/** Runs the services as soon as all that they need is there, and then tells the launcher that the platform is ready. */
@Component(immediate = true)
public final class RunningPlatform implements Platform {

    private static final Logger LOG = LoggerFactory.getLogger(RunningPlatform.class);

    private final BundleContext context;
    private final Path data;
    private final Webserver webserver;
    private final ManagerDatabase database;
    private final Instant started;
    private ServiceRegistration<Condition> ready;
    private boolean closed;

    @Activate
    public RunningPlatform(
            BundleContext context,
            @Reference Webserver webserver,
            @Reference ManagerDatabase database,
            @Reference InstanceManager instances,
            @Reference Workers workers) {
        this.context = context;
        this.data = PlatformFolders.of(context).data();
        this.webserver = webserver;
        this.database = database;
        this.started = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        // Not on this thread: an app that is slow to start must not hold up the shell and the web console.
        workers.pool().execute(() -> run(instances));
    }

    private void run(InstanceManager instances) {
        try {
            instances.run();
        } catch (RuntimeException e) {
            LOG.error("The services could not be started; app:list shows their state", e);
        }
        announce();
    }

    private synchronized void announce() {
        if (closed) {
            return;
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, "platform.ready");
        properties.put("addresses", addresses().stream().map(URI::toString).toArray(String[]::new));
        ready = context.registerService(Condition.class, Condition.INSTANCE, properties);
        LOG.info("Ready at {}", addresses());
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        if (ready != null) {
            ready.unregister();
        }
    }

    @Override
    public String version() {
        return FrameworkUtil.getBundle(RunningPlatform.class).getVersion().toString();
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public List<URI> addresses() {
        return webserver.addresses();
    }

    @Override
    public Map<String, Long> refusals() {
        return webserver.refusals();
    }

    @Override
    public void rotateDatabasePasswords() {
        database.rotatePasswords();
    }

    @Override
    public void shutdown() {
        LOG.info("Shutdown asked for");
        new Thread(this::stopFramework, "platform-shutdown").start();
    }

    private void stopFramework() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("The framework does not stop; end the process with SIGTERM", e);
        }
    }
}
