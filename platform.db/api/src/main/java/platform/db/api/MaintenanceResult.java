package platform.db.api;

import java.time.Duration;
import java.util.List;

/**
 * What maintenance has done.
 *
 * @param database where
 * @param tables how many tables were worked on
 * @param skipped what was left out, a sentence for each table: which, and why
 * @param bytesBefore what the database took before
 * @param bytesAfter what it takes now
 * @param took how long it took
 */
public record MaintenanceResult(
        String database, int tables, List<String> skipped, long bytesBefore, long bytesAfter, Duration took) {

    public MaintenanceResult {
        skipped = List.copyOf(skipped);
    }
}
