package platform.db.api;

import java.net.URL;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The PostgreSQL server that holds the platform's databases. The service is there exactly while the server accepts
 * connections. Calls block until the server has answered; any thread may make them. Every method is idempotent, so that
 * work cut off by a crash can be repeated.
 */
@ProviderType
public interface Databases {

    /**
     * Creates the login role, or sets its password when it exists. The role is no superuser and may create neither roles
     * nor databases.
     *
     * @throws DatabaseException when the server refuses
     */
    void createRole(DatabaseSpec spec);

    /**
     * Creates the database, owned by the role, unless it exists. Nobody but its role may connect to it.
     *
     * @param migrations the scripts that it will have at first; one that has had exactly these may be ready. All scripts of an
     *     app: see {@link Database#migrate}
     * @throws DatabaseException when the server refuses, the role is missing, or the database has another owner
     */
    void createDatabase(DatabaseSpec spec, List<URL> migrations);

    /** Creates an empty one: {@link #createDatabase(DatabaseSpec, List)}. */
    default void createDatabase(DatabaseSpec spec) {
        createDatabase(spec, List.of());
    }

    /** Ends the connections of the database and removes it with all its data; does nothing when there is none. */
    void dropDatabase(String database);

    /**
     * Removes the role, and what {@link SpareDatabases} has beside its database; does nothing when there is none. Its database
     * must be gone.
     */
    void dropRole(String role);

    /**
     * Opens a database that exists: a pool that holds no connection while idle, and shares the server's connections fairly
     * with all others. One that was in order when it was last migrated is opened without a connection: then a login that
     * fails is seen by who borrows the first one.
     *
     * @throws DatabaseException when the login is tried, and fails
     */
    Database open(DatabaseSpec spec);

    /**
     * Opens a database of the platform itself: its connections are reserved, so that it works whatever all others do.
     *
     * @throws DatabaseException when the login fails
     */
    Database openReserved(DatabaseSpec spec);

    /**
     * Gives a role another password without anybody waiting: databases that were opened with the former one go on, their
     * pools log in anew with the new one. What else is connected with the role is cut off.
     *
     * @param changed the role with its new password
     * @throws DatabaseException when the server refuses, or is away: whether the role has the new password is unknown then.
     *     Until one of them is set again, what is open tries both
     */
    void changePassword(DatabaseSpec changed);

    /**
     * Gives the platform's own administrative login to the server another password, which is made here and told nobody. No call
     * fails meanwhile; who else is connected with that login is cut off.
     *
     * @throws DatabaseException when the server refuses, is away, or the password cannot be written to the disk; the
     *     platform goes on with whichever the server has, and the next call or start finishes the change
     */
    void changeOwnPassword();

    /** The databases on the server that the platform made. */
    Set<String> databases();

    /** The login roles on the server that the platform made. */
    Set<String> roles();

    /** Whether a database or a role of this name is one of them. */
    default boolean isTaken(String name) {
        return databases().contains(name) || roles().contains(name);
    }

    /** What the database takes on disk, in bytes; 0 when there is none. */
    long size(String database);
}
