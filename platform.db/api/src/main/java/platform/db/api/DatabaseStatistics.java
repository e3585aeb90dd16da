package platform.db.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the server knows about the platform's databases. Nothing of it is remembered: each call asks the server, and blocks
 * until it has answered. Any thread may call.
 */
@ProviderType
public interface DatabaseStatistics {

    /** The platform's databases by name, without those of servers that are {@link #away}. */
    List<DatabaseStatus> databases();

    /** The servers that did not answer when they were looked at last, with the reason of each. Asks nobody. */
    Map<String, String> away();

    /** One of them; absent when there is none, or when it is not the platform's. */
    Optional<DatabaseStatus> database(String database);

    /**
     * The tables of a database, the largest first.
     *
     * @throws DatabaseException when there is no such database, or when a table is locked for so long that its size
     *     cannot be told
     */
    List<TableStatus> tables(String database);

    /**
     * The sessions of a database that wait for a lock, the longest first.
     *
     * @throws DatabaseException when there is no such database
     */
    List<LockWait> lockWaits(String database);
}
