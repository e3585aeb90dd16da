package platform.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Departure;
import platform.core.api.Health;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.instance.SerialExecutor;
import platform.db.api.DatabaseStatus;
import platform.tracing.api.LogUse;
import platform.webserver.api.PathAliases;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketStatistics;

/**
 * One instance over its whole life. Changes are made one at a time under the lock; what it is now can be read without.
 */
final class ManagedInstance {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedInstance.class);

    private final ReentrantLock lock = new ReentrantLock();
    private volatile InstanceRecord record;
    private final Lifecycle life;
    private volatile InstanceResources resources;
    private RunningInstance running;
    private HealthTrend trend = new HealthTrend();
    private Instant started = Instant.EPOCH;
    /** Whether it serves nobody because the database is away. */
    private boolean waiting;

    private boolean gone;
    private volatile LoadLimits limits = LoadLimits.NONE;

    ManagedInstance(InstanceRecord record, InstanceResources resources) {
        this.record = record;
        this.resources = resources;
        this.life = resources.supervision().newLifecycle(resources.clock());
    }

    InstanceRecord record() {
        return record;
    }

    InstanceInfo info() {
        InstanceRecord it = record;
        Status now = life.status();
        return new InstanceInfo(
                it.id(),
                it.app(),
                now.state(),
                now.reason(),
                now.since(),
                now.nextAttempt(),
                it.path(),
                it.host().orElse(""),
                it.asOf(resources.clock().instant()).formerPaths(),
                it.database(),
                it.server(),
                it.settings(),
                it.created(),
                it.trace());
    }

    /** Does the work under the instance's lock, unless it has another id than the caller thinks, or none any more. */
    <T> T exclusively(InstanceId id, Supplier<T> work) {
        return exclusively(() -> {
            if (!record.id().equals(id)) {
                throw PlatformException.notFound(
                        "There is no instance " + id + " any more; it was renamed to " + record.id() + ".");
            }
            return work.get();
        });
    }

    /** Does the work under the locks of all these, also of those that have been deleted meanwhile. */
    static <T> T exclusively(List<ManagedInstance> inOrderOfId, Supplier<T> work) {
        Deque<ReentrantLock> held = new ArrayDeque<>();
        try {
            for (ManagedInstance instance : inOrderOfId) {
                instance.lock.lock();
                held.push(instance.lock);
            }
            return work.get();
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
    }

    /** Does the work under the instance's lock, unless somebody else is at the instance or it has been deleted. */
    void ifFree(Runnable work) {
        if (lock.tryLock()) {
            try {
                if (!gone) {
                    work.run();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Does the work under the instance's lock, unless the instance has been deleted meanwhile. */
    <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            if (gone) {
                throw PlatformException.notFound("There is no instance " + record.id() + "; it was deleted meanwhile.");
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        return life.isUp();
    }

    void replaceRecord(InstanceRecord newRecord) {
        record = newRecord;
    }

    /** Starts it. Does nothing when it runs. */
    void start(RunningService service) {
        if (running != null) {
            return;
        }
        life.starting();
        resources.path().suspend(record.id() + " is starting.");
        try {
            running = RunningInstance.start(record, service, resources);
        } catch (RuntimeException e) {
            resources.path().hold(Duration.ZERO);
            resources.path().suspend(record.id() + " has failed.");
            failed(e.getMessage());
            throw e;
        }
        trend = new HealthTrend();
        started = resources.clock().instant();
        waiting = false;
        life.running();
        resources.path().activate();
        LOG.info("{} runs at {}", record.id(), record.path());
    }

    /** Stops it: 503 at once, then the app's own closing, then all that it held. */
    void stop(String reason) {
        resources.path().suspend(reason);
        if (running != null) {
            close(reason);
            LOG.info("{} stopped: {}", record.id(), reason);
        }
        life.stopped(reason);
    }

    private void close(String reason) {
        life.stopping(reason);
        running.close();
        running = null;
    }

    private void failed(String reason) {
        if (resources.supervision().isDatabaseAway()) {
            life.hindered(reason);
        } else {
            life.failed(reason);
        }
    }

    /** It is about to start: requests wait so long for that. */
    void expect(Duration patience) {
        resources.path().hold(patience);
    }

    /** Whether a request waits for it to start. */
    boolean isAwaited() {
        return resources.path().isAwaited();
    }

    /** It ends and is to start again: requests wait so long for that, WebSockets are told to come back. */
    void hold(Duration patience) {
        if (running != null) {
            resources.path().hold(patience);
        }
    }

    /** Looks how it is. One that is not well is degraded first, and restarted when that goes on. */
    void check() {
        if (running == null || waiting) {
            return;
        }
        Health health = running.health();
        Duration age = Duration.between(started, resources.clock().instant());
        switch (trend.judge(health.status(), age, resources.supervision().settings())) {
            case WELL -> life.running();
            case DEGRADED -> life.degraded(health.message());
            case BROKEN -> fail(health.message());
            case TOO_EARLY -> LOG.debug("{} is not well yet: {}", record.id(), health.message());
        }
    }

    /** Ends what runs: it has failed, and is tried again like one that does not start. */
    void fail(String reason) {
        if (running != null) {
            LOG.error("{} has failed and is stopped: {}", record.id(), reason);
            hold(Duration.ZERO);
            resources.path().suspend(record.id() + " has failed.");
            close(reason);
            failed(reason);
        }
    }

    /** Whether something has happened to it after which it cannot go on. */
    boolean isLost() {
        return life.isUp() && resources.executor().fatal().isPresent();
    }

    /** Whether this thread runs a task of its executor. */
    boolean isRunBy(long threadId) {
        return resources.executor().isRunBy(threadId);
    }

    /**
     * Has it go on without serving anybody while the database is away, and serve again when it is back. Its sockets stay open.
     *
     * @param trouble what is wrong with the database; empty when it answers
     */
    void followDatabase(Optional<String> trouble) {
        if (running == null || trouble.isPresent() == waiting) {
            return;
        }
        waiting = trouble.isPresent();
        if (waiting) {
            life.degraded("The database server does not answer: " + trouble.get());
            resources.path().pause("The database of " + record.id() + " is away.");
        } else {
            life.running();
            resources.path().activate();
        }
    }

    /** Whether it has failed and is to be tried again now. */
    boolean isDue() {
        return life.isDue();
    }

    /** Somebody wants it to run, whatever has been. */
    void release() {
        life.release();
    }

    /** Shows why a stopped instance does not run. */
    void explain(String reason) {
        if (running == null) {
            resources.path().suspend(reason);
            life.stopped(reason);
        }
    }

    /** It runs elsewhere, or will: requests are sent there when that is known. */
    void depart(Departure departure) {
        stop(departure.reason());
        departure.address().ifPresent(resources.path()::redirect);
    }

    /** Has the log follow its trace flags; the app need not know. */
    void trace() {
        if (running != null) {
            running.trace(record.trace());
        }
    }

    /** Whether the running app took its changed record over; else it must be restarted. */
    boolean reconfigure() {
        return running != null && running.reconfigure(record);
    }

    /** Moves it to another path of the webserver; it is stopped. */
    void move(WebPath newPath) {
        resources.path().close();
        resources = resources.withPath(newPath);
        limit(limits);
        resources.path().suspend(life.status().reason());
    }

    /** Makes what its record names lead to its path. */
    void alias() {
        resources.path().alias(record.aliases());
    }

    /** Lets nothing but its path itself lead to it, until it is given its aliases again. */
    void dropAliases() {
        resources.path().alias(PathAliases.NONE);
    }

    /** Gives the path back, so that it can be opened under another name; the instance is stopped. */
    void leavePath() {
        resources.path().close();
    }

    /** Goes on under another id or path; it is stopped. */
    void become(InstanceRecord newRecord, InstanceResources newResources) {
        leavePath();
        record = newRecord;
        resources = newResources;
        limit(limits);
        resources.path().suspend(life.status().reason());
    }

    /** Gives the path back; the instance is stopped and can be used no more. */
    void abandon() {
        resources.path().close();
        gone = true;
    }

    WebSocketStatistics webSockets() {
        return resources.path().statistics();
    }

    /** It may take no more than that from now on; what it has already stays. */
    void limit(LoadLimits newLimits) {
        limits = newLimits;
        resources.path().limit(limits.path());
        resources.executor().limit(limits.tasks());
    }

    /** @param log what it has logged */
    LoadRefusals refusals(LogUse log) {
        WebPath path = resources.path();
        return new LoadRefusals(
                path.requests().refused(),
                path.statistics().refused(),
                resources.executor().refused(),
                log.dropped());
    }

    /** @param database how its database stands, as far as that is known */
    InstanceUse use(Optional<DatabaseStatus> database) {
        WebPath path = resources.path();
        return new InstanceUse(
                record.id(),
                record.app(),
                life.isUp(),
                path.requests(),
                path.statistics(),
                resources.executor().use(),
                database);
    }

    SerialExecutor executor() {
        return resources.executor();
    }
}
