package platform.core.manager;

import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Alarms;
import platform.core.instance.Workers;

/** Goes its rounds each second, as long as the platform runs. */
@Component(
        immediate = true,
        service = {})
public final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Workers workers;
    private final Rounds rounds;
    private final ScheduledFuture<?> timer;
    private boolean closed;

    @Activate
    public Watchdog(
            @Reference InstanceManager instances,
            @Reference AppServices services,
            @Reference ManagerDatabase database,
            @Reference Supervision supervision,
            @Reference Workers workers,
            @Reference Alarms alarms) {
        this.workers = workers;
        this.rounds =
                new Rounds(instances, services, supervision, workers, alarms, database::trouble, Clock.systemUTC());
        this.timer = workers.timer().scheduleWithFixedDelay(this::runSoon, 1, 1, TimeUnit.SECONDS);
    }

    /** The timer's thread only hands over. */
    private void runSoon() {
        try {
            workers.pool().execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.debug("The platform stops", e);
        }
    }

    private synchronized void run() {
        try {
            if (!closed) {
                rounds.run();
            }
        } catch (RuntimeException e) {
            LOG.error("The watchdog could not look at everything", e);
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        timer.cancel(false);
    }
}
