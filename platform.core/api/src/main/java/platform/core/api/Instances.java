package platform.core.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The instances of this platform. Calls block until what they ask for is done; any thread may make them. Calls for one
 * instance run one after the other.
 */
@ProviderType
public interface Instances {

    /**
     * Makes an instance, with its database, role, path and passwords, and starts it. It is made whole or not at all. An
     * instance that was made but does not start stays, FAILED, with the reason.
     *
     * @throws PlatformException INVALID, CONFLICT when its id, path or database is taken, NOT_FOUND when there is no such
     *     app, or FAILED
     */
    CreatedInstance create(InstanceSpec spec);

    /**
     * Stops the instance and removes it with its database and all its data.
     *
     * @throws PlatformException NOT_FOUND, or FAILED: then the rest is removed when the platform starts again
     */
    void delete(InstanceId id);

    /**
     * Starts the instance; from now on it also starts with the platform. Does nothing when it runs.
     *
     * @throws PlatformException NOT_FOUND, CONFLICT when its app does not run, or FAILED with the app's own reason
     */
    void start(InstanceId id);

    /**
     * Stops the instance until it is started again: a restart of the platform changes nothing about that. Does nothing
     * when it is stopped.
     *
     * @throws PlatformException NOT_FOUND
     */
    void stop(InstanceId id);

    /**
     * Changes an instance. A running one takes the change over, restarting if it must.
     *
     * @throws PlatformException INVALID, NOT_FOUND, CONFLICT when the path is taken, or FAILED; then nothing has changed
     */
    InstanceInfo edit(InstanceId id, InstanceChange change);

    /** All instances, by domain and name. */
    List<InstanceInfo> list();

    Optional<InstanceInfo> find(InstanceId id);

    /** What the instance's database takes on disk, in bytes. */
    long databaseSize(InstanceId id);
}
