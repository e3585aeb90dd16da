package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.instance.OverdueException;
import platform.core.instance.RunningCall;
import platform.core.instance.Workers;

/** What services and instances share for being supervised: the settings, calls with a limit, and those that outlasted theirs. */
@Component(service = Supervision.class, configurationPid = "platform.core.manager.supervision")
@Designate(ocd = SupervisionConfig.class)
public final class Supervision {

    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private final Workers workers;
    private final LeakWatch leaks = new LeakWatch();
    private final Set<AbandonedCall> abandoned = ConcurrentHashMap.newKeySet();
    private volatile SupervisionSettings settings;
    private volatile boolean databaseAway;

    @Activate
    public Supervision(@Reference Workers workers, SupervisionConfig config) {
        this(workers, SupervisionSettings.of(config));
    }

    Supervision(Workers workers, SupervisionSettings settings) {
        this.workers = workers;
        this.settings = settings;
    }

    @Modified
    void change(SupervisionConfig config) {
        settings = SupervisionSettings.of(config);
    }

    SupervisionSettings settings() {
        return settings;
    }

    Lifecycle newLifecycle(Clock clock) {
        return new Lifecycle(
                clock,
                () -> settings.restart(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Runs an app's code on a worker and waits for it. What outlasts the limit is interrupted and abandoned.
     *
     * @throws OverdueException when it takes longer
     * @throws Exception what the code threw
     */
    <T> T call(String owner, String what, Duration limit, Callable<T> code) throws Exception {
        try {
            return workers.callWithin(limit, code);
        } catch (OverdueException e) {
            abandon(owner, what, e.getMessage(), e.call());
            throw e;
        }
    }

    /** Has a worker do something at a time. */
    void at(Instant time, Runnable work) {
        long delay = Math.max(0, Duration.between(Instant.now(), time).toMillis());
        workers.timer().schedule(() -> workers.pool().execute(work), delay, TimeUnit.MILLISECONDS);
    }

    /** Nobody waits for this call any more; it is watched until it is over. */
    void abandon(String owner, String what, String reason, RunningCall call) {
        LOG.warn("{} {} is abandoned: {}", owner, what, reason);
        abandoned.add(new AbandonedCall(owner, what, reason, call));
    }

    /** The calls that were abandoned and still run. */
    List<AbandonedCall> abandoned() {
        abandoned.removeIf(it -> it.call().isOver());
        return List.copyOf(abandoned);
    }

    /** The class loaders of versions that are gone. */
    LeakWatch leaks() {
        return leaks;
    }

    /** Whether the database server does not answer: what fails meanwhile is not to blame. */
    boolean isDatabaseAway() {
        return databaseAway;
    }

    void setDatabaseAway(boolean away) {
        databaseAway = away;
    }
}
