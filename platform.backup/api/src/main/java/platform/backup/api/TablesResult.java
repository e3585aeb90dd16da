package platform.backup.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tables that were restored.
 *
 * @param instance into which instance's database
 * @param made when the backup was made
 * @param tables what has become of each
 * @param took how long it took
 */
public record TablesResult(String instance, Instant made, List<RestoredTable> tables, Duration took) {

    public TablesResult {
        tables = List.copyOf(tables);
    }

    /**
     * A table that was restored.
     *
     * @param table as it is called in the backup
     * @param into where its rows are now
     * @param rows how many
     */
    public record RestoredTable(String table, String into, long rows) {}
}
