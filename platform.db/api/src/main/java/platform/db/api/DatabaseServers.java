package platform.db.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All servers that hold databases of the platform's. {@link Databases} is the default one; the services that are given the
 * name of a database find out by themselves which server has it. Any thread may call.
 */
@ProviderType
public interface DatabaseServers {

    /** The name of the platform's own server. */
    String EMBEDDED = "embedded";

    /** The servers, the default one first, then by name. Asks each; one that does not answer takes some seconds. */
    List<DatabaseServer> list();

    /** The name of the default server. */
    String defaultName();

    /**
     * The databases of one server.
     *
     * @throws DatabaseException when there is no such server, or it cannot be reached; the message says what to do
     */
    Databases on(String server);

    /**
     * Looks whether {@link #copy} could succeed, and changes nothing.
     *
     * @throws DatabaseException when the two are the same server under two names, the target has a database of this name, or its
     *     role with anything but kept databases, whoever made them, or this machine lacks the tools
     */
    void checkCopy(String from, String to, DatabaseSpec spec);

    /**
     * Copies a database from one server to another, where it gets the same name and role: first under a name that nobody knows,
     * then, when each table has as many rows as it had, under its own. Nobody may write into it meanwhile. An interrupt cancels it.
     *
     * @param spec the database, its role, and the password that it gets there
     * @param mark says whose copy it is, and is found at it until the database is opened: see {@link #discard}
     * @param progress hears, on the calling thread, how far it is
     * @return how many rows it has
     * @throws DatabaseException for the reasons of {@link #checkCopy}, or when one of the servers is away or refuses; nothing
     *     is left of the copy then, if its server can be reached
     */
    long copy(String from, String to, DatabaseSpec spec, String mark, Consumer<String> progress);

    /** Keeps a database that is not used any more under another name for a while; does nothing when there is none. */
    void retire(String server, DatabaseSpec spec, Instant until);

    /**
     * Removes a copy that was made with this mark, and its role unless that has other databases there. A database of the same name without the
     * mark is somebody else's, and stays.
     */
    void discard(String server, DatabaseSpec spec, String mark);
}
