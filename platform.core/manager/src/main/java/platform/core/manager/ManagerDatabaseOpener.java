package platform.core.manager;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.instance.Workers;
import platform.db.api.DatabaseServers;

/**
 * Opens the manager's database and makes it a service. While it cannot be opened, the condition {@code platform.degraded} says
 * why, and it is tried again, with pauses that double up to a minute: all that needs it comes by itself then.
 */
@Component(
        service = {},
        immediate = true)
public final class ManagerDatabaseOpener {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerDatabaseOpener.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final BundleContext context;
    private final Workers workers;
    private final Supplier<ManagerDatabase> opening;
    private Duration pause = FIRST_PAUSE;
    private ManagerDatabase database;
    private ServiceRegistration<?> registration;
    private String reason;
    private Future<?> next;
    private boolean closed;

    @Activate
    public ManagerDatabaseOpener(
            BundleContext context, @Reference DatabaseServers servers, @Reference Workers workers) {
        this(context, workers, () -> new ManagerDatabase(context, servers));
    }

    ManagerDatabaseOpener(BundleContext context, Workers workers, Supplier<ManagerDatabase> opening) {
        this.context = context;
        this.workers = workers;
        this.opening = opening;
        open();
    }

    /** Whatever is wrong: nobody but this could try again. */
    private synchronized void open() {
        if (closed) {
            return;
        }
        try {
            database = opening.get();
            replace(context.registerService(ManagerDatabase.class, database, null));
        } catch (RuntimeException e) {
            LOG.error("The manager's database cannot be opened; the next attempt is in {} s", pause.toSeconds(), e);
            tell(String.valueOf(e.getMessage()));
            next = workers.timer()
                    .schedule(() -> workers.pool().execute(this::open), pause.toMillis(), TimeUnit.MILLISECONDS);
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** The same reason as before is no news, and another one is there before that is taken back. */
    private void tell(String newReason) {
        if (!newReason.equals(reason)) {
            reason = newReason;
            Map<String, Object> properties = Map.of(Condition.CONDITION_ID, "platform.degraded", "reason", reason);
            replace(context.registerService(
                    Condition.class, Condition.INSTANCE, FrameworkUtil.asDictionary(properties)));
        }
    }

    private void replace(ServiceRegistration<?> other) {
        ServiceRegistration<?> former = registration;
        registration = other;
        if (former != null) {
            former.unregister();
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        replace(null);
        if (database != null) {
            database.close();
        }
    }
}
