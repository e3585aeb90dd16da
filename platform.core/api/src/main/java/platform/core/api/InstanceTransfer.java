package platform.core.api;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What backups take from an instance besides its database, and how they put it back. Any thread may call it. */
@ProviderType
public interface InstanceTransfer {

    /**
     * @throws PlatformException NOT_FOUND
     */
    CarriedInstance carried(InstanceId id);

    /**
     * Makes what an instance needs for getting a database, where it is missing: after the manager alone was restored.
     *
     * @return whether the instance has a database
     * @throws PlatformException NOT_FOUND
     */
    boolean prepare(InstanceId id);

    /**
     * Gives an instance another database and other settings: all of it or nothing, wherever it is cut off. It is stopped
     * meanwhile, and started again if it should run.
     *
     * @param spare the database, complete, beside the one that it has
     * @param kept the name under which the one that it has is kept; that of its own when it has none
     * @throws PlatformException NOT_FOUND, or FAILED when the database server does not take it; the message says what holds
     *     then
     */
    void replaceDatabase(InstanceId id, String spare, String kept, Map<String, String> settings);

    /**
     * Makes an instance out of a database that is filled before the instance starts. Cut off, nothing is left of it.
     *
     * @param fill is given the name of the empty database; what it throws takes the instance back
     * @throws PlatformException as {@link Instances#create}
     */
    CreatedInstance create(InstanceSpec spec, Consumer<String> fill);

    /**
     * Stops an instance that goes to another platform, or has gone there. Nobody can start it here, the platform's next starts
     * neither, until it is said that it stays. Requests are answered 503, and redirected when its address there is known.
     *
     * @throws PlatformException NOT_FOUND
     */
    void depart(InstanceId id, Departure departure);

    /**
     * Takes back that an instance goes to another platform: it is started if it should run.
     *
     * @throws PlatformException NOT_FOUND
     */
    void stay(InstanceId id);

    /** The instances that go to another platform, or have gone there and are not deleted yet. */
    Map<InstanceId, Departure> departures();

    /**
     * Whether an app that runs here knows a schema: whether it ships the migration of that version. One that does not run is
     * believed to.
     */
    boolean knowsSchema(String app, String version);

    /**
     * Lets an instance's app look at a database beside the instance's, which belongs to the same role: brings it up to date as
     * before a start, and asks {@link AppService#verify}.
     *
     * @return the version of the app that has found it good
     * @throws PlatformException NOT_FOUND, CONFLICT when the app does not run, or FAILED with the app's own reason
     */
    String verify(InstanceId id, String database);

    /**
     * Notes that a backup was proved.
     *
     * @param made when the backup was made
     * @param at when it was proved
     * @throws PlatformException NOT_FOUND
     */
    void noteProof(InstanceId id, Instant made, Instant at);

    /** When backups of the instance were last proved, by when they were made; empty when there is no such instance. */
    Map<Instant, Instant> proofs(InstanceId id);

    /** When a backup of each instance was last proved; those of which none ever was are absent. */
    Map<InstanceId, Instant> lastProofs();
}
