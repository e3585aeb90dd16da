package platform.db.api;

import java.time.Duration;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps databases small and fast. All work is done table by table, with the rights of the database's own role, while the
 * database stays in use. A table whose lock is not to be had within some seconds is skipped and named in the result, for
 * whoever waits for a lock makes all others wait behind.
 *
 * <p>Calls block until the work is done; an interrupt cancels it. The listener hears, on the calling thread, what is being
 * done and how far it is.
 */
@ProviderType
public interface Maintenance {

    /**
     * Removes old versions of rows and makes the statistics anew.
     *
     * @param full whether to give their room back to the disk: every table is rewritten, nobody can use it meanwhile, and
     *     there must be room for the largest one with its indexes a second time
     * @throws DatabaseException when there is no such database, or not enough room; the message says how much is missing
     */
    MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress);

    /**
     * Makes the indexes anew.
     *
     * @param concurrently whether the tables stay writable meanwhile, which takes longer
     * @throws DatabaseException when there is no such database, or not enough room for the largest index a second time
     */
    MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress);

    /**
     * Does what is worth it and disturbs nobody: vacuums tables with many dead rows, and reindexes concurrently those
     * whose indexes are mostly bloat.
     *
     * @param most how long it may take; what is not done then is left or cancelled
     * @throws DatabaseException when there is no such database
     */
    MaintenanceResult tidy(String database, Duration most, Consumer<String> progress);
}
