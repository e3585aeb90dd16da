package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import platform.core.instance.AbandonedCall;
import platform.core.instance.LimitedCalls;
import platform.core.instance.OverdueException;
import platform.core.instance.SerialExecutor;
import platform.core.instance.Workers;

/** What services and instances share for being supervised: the settings, calls with a limit, and those that outlasted theirs. */
@Component(service = Supervision.class, configurationPid = "platform.core.manager.supervision")
@Designate(ocd = SupervisionConfig.class)
public final class Supervision {

    private final Workers workers;
    private final LeakWatch leaks = new LeakWatch();
    private final LimitedCalls calls;
    /** By app: what its process has abandoned. */
    private final Map<String, List<AbandonedCall>> inProcesses = new ConcurrentHashMap<>();

    private volatile SupervisionSettings settings;
    private volatile boolean databaseAway;

    @Activate
    public Supervision(@Reference Workers workers, SupervisionConfig config) {
        this(workers, SupervisionSettings.of(config));
    }

    Supervision(Workers workers, SupervisionSettings settings) {
        this.workers = workers;
        this.calls = new LimitedCalls(workers);
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
        return calls.call(owner, what, limit, code);
    }

    /** Has a worker do something at a time. */
    void at(Instant time, Runnable work) {
        long delay = Math.max(0, Duration.between(Instant.now(), time).toMillis());
        workers.timer().schedule(() -> workers.pool().execute(work), delay, TimeUnit.MILLISECONDS);
    }

    /** Closes an instance's executor. A task that does not end is abandoned. */
    void close(String owner, SerialExecutor executor) {
        calls.close(owner, executor, settings.stopLimit());
    }

    /** What the process of an app has abandoned, as it says now; nothing once it has ended. */
    void abandonedInProcess(String app, List<AbandonedCall> abandoned) {
        if (abandoned.isEmpty()) {
            inProcesses.remove(app);
        } else {
            inProcesses.put(app, abandoned);
        }
    }

    /** The calls that were abandoned and still run, here and in processes. */
    List<AbandonedCall> abandoned() {
        return Stream.concat(
                        calls.abandoned().stream(),
                        inProcesses.values().stream().flatMap(List::stream))
                .toList();
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
