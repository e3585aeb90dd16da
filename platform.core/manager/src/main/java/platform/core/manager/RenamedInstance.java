package platform.core.manager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.instance.SerialExecutor;
import platform.webserver.api.WebPath;

/** One instance while it is renamed, under its lock. */
final class RenamedInstance {

    private static final Logger LOG = LoggerFactory.getLogger(RenamedInstance.class);

    private final InstanceManager instances;
    private final RecordChange change;
    private final ManagedInstance instance;
    private final SerialExecutor executor;
    private WebPath newPath;
    private boolean ran;

    RenamedInstance(InstanceManager instances, RecordChange change, ManagedInstance instance) {
        this.instances = instances;
        this.change = change;
        this.instance = instance;
        this.executor = instances.factory().newExecutor(change.after());
    }

    InstanceId id() {
        return change.before().id();
    }

    RecordChange change() {
        return change;
    }

    /** Holds the new path, which answers 503, before anything has happened. */
    void reservePath() {
        if (change.changesPath()) {
            // The new path may be one that has led to the instance so far.
            instance.dropAliases();
            newPath = instances.factory().openNext(change.after(), executor);
        }
    }

    void stop() {
        ran = instance.isRunning();
        if (ran && change.needsStop()) {
            instance.stop(id() + " is being renamed.");
        }
    }

    /** Nothing has come of it: the instance goes on as it was. */
    void stay() {
        if (newPath != null) {
            newPath.close();
        }
        instance.alias();
        if (ran && change.needsStop()) {
            instances.startIfPossible(instance);
        }
    }

    /** The instance stays stopped: nobody knows which name it has. */
    void stayStopped(String reason) {
        if (newPath != null) {
            newPath.close();
        }
        instance.explain(reason);
    }

    /** The new names are the truth: the instance goes on with them. */
    InstanceInfo goOn() {
        if (!change.needsStop()) {
            instance.replaceRecord(change.after());
            instance.alias();
            if (InstanceEdit.concernsApp(change.before(), change.after())) {
                instances.takeOver(instance);
            }
        } else if (move() && ran) {
            instances.startIfPossible(instance);
        }
        return instance.info();
    }

    private boolean move() {
        try {
            if (newPath == null) {
                instance.leavePath();
                newPath = instances.factory().openNext(change.after(), executor);
            }
            instance.become(change.after(), instances.factory().resources(change.after(), executor, newPath));
            instances.renamed(id(), instance);
            instance.alias();
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "{} was renamed, but does not run until the platform starts again",
                    change.after().id(),
                    e);
            instance.explain("It was renamed to " + change.after().id() + ", but could not go on: " + e.getMessage()
                    + " Restart the platform.");
            return false;
        }
    }
}
