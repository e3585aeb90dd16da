package platform.core.manager;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.State;
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
    private volatile Status status;
    private volatile InstanceResources resources;
    private RunningInstance running;
    private boolean gone;

    ManagedInstance(InstanceRecord record, InstanceResources resources) {
        this.record = record;
        this.resources = resources;
        this.status = Status.of(State.STOPPED, "", resources.clock());
    }

    InstanceRecord record() {
        return record;
    }

    InstanceInfo info() {
        InstanceRecord it = record;
        Status now = status;
        return new InstanceInfo(
                it.id(),
                it.app(),
                now.state(),
                now.reason(),
                now.since(),
                it.path(),
                it.host().orElse(""),
                it.asOf(resources.clock().instant()).formerPaths(),
                it.database(),
                it.server(),
                it.settings(),
                it.created());
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
        return status.state() == State.RUNNING;
    }

    void replaceRecord(InstanceRecord newRecord) {
        record = newRecord;
    }

    /** Starts it. Does nothing when it runs. */
    void start(RunningService service) {
        if (running != null) {
            return;
        }
        enter(State.STARTING, "");
        resources.path().suspend(record.id() + " is starting.");
        try {
            running = RunningInstance.start(record, service, resources);
        } catch (RuntimeException e) {
            resources.path().suspend(record.id() + " has failed.");
            enter(State.FAILED, e.getMessage());
            throw e;
        }
        resources.path().activate();
        enter(State.RUNNING, "");
        LOG.info("{} runs at {}", record.id(), record.path());
    }

    /** Stops it: 503 at once, then the app's own closing, then all that it held. */
    void stop(String reason) {
        resources.path().suspend(reason);
        if (running != null) {
            enter(State.STOPPING, reason);
            running.close();
            running = null;
            LOG.info("{} stopped: {}", record.id(), reason);
        }
        enter(State.STOPPED, reason);
    }

    /** Shows why a stopped instance does not run. */
    void explain(String reason) {
        if (running == null) {
            resources.path().suspend(reason);
            enter(State.STOPPED, reason);
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
        resources.path().suspend(status.reason());
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
        resources.path().suspend(status.reason());
    }

    /** Gives the path back; the instance is stopped and can be used no more. */
    void abandon() {
        resources.path().close();
        gone = true;
    }

    WebSocketStatistics webSockets() {
        return resources.path().statistics();
    }

    SerialExecutor executor() {
        return resources.executor();
    }

    private void enter(State state, String reason) {
        status = Status.of(state, reason, resources.clock());
    }
}
