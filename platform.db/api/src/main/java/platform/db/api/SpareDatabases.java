package platform.db.api;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Databases beside those that are in use: spare ones, which are filled and then take the place of another, and those that
 * have been replaced so and are kept for a while. Both bear names that nobody else can choose, belong to the role whose
 * database they stand beside, and go with that role. A spare one that a killed platform has left is dropped when the
 * server starts.
 */
@ProviderType
public interface SpareDatabases {

    /** What the names of spare databases begin with, and of kept ones. */
    String SPARE = "platform spare ";

    /** What the names of kept databases begin with. */
    String KEPT = "platform kept ";

    /**
     * Makes an empty database that the role owns.
     *
     * @return its name
     * @throws DatabaseException when the role is missing
     */
    String create(String role);

    /** The name of a database that is to be kept until then; no two calls give the same. */
    String keptName(Instant until);

    /**
     * Puts a spare database in the place of another one, in one transaction: whatever happens, both have happened or
     * neither. Who is connected to one of them is cut off.
     *
     * @param database the name that the spare one gets
     * @param spare the spare one
     * @param kept the name that the other one gets, from {@link #keptName}
     * @throws DatabaseException when the server refuses; whether it was done {@link #exists} tells
     */
    void replace(String database, String spare, String kept);

    /**
     * Gives a spare database the name of one that is not there.
     *
     * @param spare the spare one
     * @param database the name that it gets
     * @throws DatabaseException when the server refuses, or there is one of that name
     */
    void use(String spare, String database);

    /** Whether the platform has a database of this name. */
    boolean exists(String name);

    /** Drops a spare or kept database; does nothing when there is none. */
    void drop(String name);

    /** The names of the kept databases. */
    List<String> kept();

    /** Drops the kept databases whose time is over. */
    void dropExpired(Instant now);

    /** What is free where the server keeps its data, in bytes. */
    long freeBytes();

    /**
     * The same of one of several servers; {@link Long#MAX_VALUE} when it does not tell.
     *
     * @throws DatabaseException when there is no such server, or it is away
     */
    long freeBytes(String server);
}
