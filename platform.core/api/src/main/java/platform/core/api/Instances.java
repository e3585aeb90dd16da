package platform.core.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;
import platform.webserver.api.WebSocketStatistics;

/**
 * The instances of this platform. Calls block until what they ask for is done; any thread may make them. Calls for one
 * instance run one after the other.
 */
@ProviderType
public interface Instances {

    /**
     * Makes an instance, with its database, role, path and passwords, and starts it. It is made whole or not at all. An
     * instance that was made but does not start stays, FAILED, with the reason, and is tried again by itself.
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
     * Starts the instance, also one in quarantine; from now on it also starts with the platform. Does nothing when it runs.
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

    /**
     * Gives the instance another password. Clients may use the former one for a while, so that each can be changed in its turn.
     *
     * @param password the new one; empty for a random one
     * @param grace how long the former one is accepted still; zero for not at all
     * @return the new one
     * @throws PlatformException INVALID, NOT_FOUND or FAILED; then nothing has changed
     */
    String setPassword(InstanceId id, Optional<String> password, Duration grace);

    /**
     * Gives the role of the instance's database another password, which nobody is told. The instance goes on without a request
     * that fails; who else has the former password is cut off.
     *
     * @throws PlatformException NOT_FOUND, or FAILED when the database server does not take it; then the former one stays, if
     *     the server can be reached
     */
    void rotateDatabasePassword(InstanceId id);

    /**
     * Moves the instance's database to another server, wholly or not at all, wherever it is cut off. The instance is stopped
     * meanwhile; the former database is kept for a day. An interrupt cancels the copying.
     *
     * @param server as {@code DatabaseServers} calls it
     * @param progress hears, on the calling thread, how far it is
     * @throws PlatformException NOT_FOUND, INVALID when there is no such server or it is away, CONFLICT when the database is
     *     there already, or FAILED: then the instance goes on where it was
     */
    MovedDatabase moveDatabase(InstanceId id, String server, Consumer<String> progress);

    /**
     * Does work while no instance runs: they are stopped, answer 503 with the reason, and those that ran are started again
     * afterwards, whatever became of the work. Nobody can start, stop or edit one meanwhile. After a crash they run again.
     */
    <T> T whilePaused(String reason, Supplier<T> work);

    /**
     * Does work while nobody else changes the instance, and it does not change by itself: what is read of it in the work holds
     * until its end. The work may call what is here for that instance, also {@code delete}, and for no other.
     *
     * @throws PlatformException NOT_FOUND, or what the work throws
     */
    <T> T exclusively(InstanceId id, Supplier<T> work);

    /** All instances, by domain and name. */
    List<InstanceInfo> list();

    Optional<InstanceInfo> find(InstanceId id);

    /** What the instance's database takes on disk, in bytes; 0 while its server is away. */
    long databaseSize(InstanceId id);

    /**
     * What the instance's WebSockets have done since the platform started or the instance was moved to another path.
     *
     * @throws PlatformException NOT_FOUND
     */
    WebSocketStatistics webSockets(InstanceId id);
}
