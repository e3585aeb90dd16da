package platform.db.api;

import java.time.Instant;
import java.util.Optional;

/**
 * How a table or a materialized view stands. The sizes are exact, rows and bloat are estimates: from the server's
 * statistics, which {@code ANALYZE} makes. Bloat is room that is taken on disk, but not by rows as they are now.
 *
 * @param schema the schema that it is in
 * @param name its name
 * @param bytes all that it takes on disk, with its indexes and its long values
 * @param indexBytes what its indexes take
 * @param liveRows rows that are there
 * @param deadRows old versions of rows that no vacuum has removed yet
 * @param bloatBytes what its rows do not need; absent while nothing was analyzed
 * @param indexBloatBytes the same of its B-tree indexes
 * @param lastVacuum the last vacuum, by hand or by the server itself; absent when there was none
 * @param lastAnalyze the last time that its statistics were made
 */
public record TableStatus(
        String schema,
        String name,
        long bytes,
        long indexBytes,
        long liveRows,
        long deadRows,
        Optional<Long> bloatBytes,
        Optional<Long> indexBloatBytes,
        Optional<Instant> lastVacuum,
        Optional<Instant> lastAnalyze) {}
