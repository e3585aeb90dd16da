package platform.db.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.MaintenanceResult;

/**
 * Gives the room of deleted rows back to the disk, in databases that are closed: a DELETE alone makes no file smaller. A
 * table is written anew when a tenth of it was removed since the last time, or when all that was removed is enough to open
 * the database again.
 */
final class Shrinking {

    private static final Logger LOG = LoggerFactory.getLogger(Shrinking.class);
    private static final double WORTH = 0.1;
    /** Of the whole database; what would give less is not looked at. */
    private static final double LEAST = 0.001;

    private final Sessions sessions;
    private final PostgresMaintenance maintenance;
    private final Executor executor;
    /** How much had been removed from the tables of a database when they were written anew. */
    private final Map<String, Map<Table, Long>> done = new ConcurrentHashMap<>();

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    Shrinking(Sessions sessions, PostgresMaintenance maintenance, Executor executor) {
        this.sessions = sessions;
        this.maintenance = maintenance;
        this.executor = executor;
    }

    /** A table's name. */
    record Table(String schema, String name) {}

    /** A table from which something was removed. */
    private record Removed(Table table, long bytes, long live, long removed) {

        static Removed of(ResultSet row) throws SQLException {
            return new Removed(
                    new Table(row.getString("schema"), row.getString("name")),
                    row.getLong("bytes"),
                    row.getLong("live"),
                    row.getLong("removed"));
        }

        double part(long before) {
            // Statistics that were begun anew count from zero again.
            long since = removed >= before ? removed - before : removed;
            return since == 0 ? 0 : (double) since / (since + live);
        }
    }

    /** Begins, unless it has begun already, to make a database smaller. */
    void begin(String database, long bytes, long enough) {
        if (running.add(database)) {
            executor.execute(() -> {
                try {
                    shrink(database, bytes, enough);
                    failures.remove(database);
                } catch (DatabaseException e) {
                    logOnce(database, e.getMessage());
                } finally {
                    running.remove(database);
                }
            });
        }
    }

    /** The database is open: the next time begins from nothing. */
    void forget(String database) {
        done.remove(database);
        failures.remove(database);
    }

    private void logOnce(String database, String failure) {
        if (!failure.equals(failures.put(database, failure))) {
            LOG.warn("The closed database '{}' cannot be made smaller: {}", database, failure);
        }
    }

    private void shrink(String database, long bytes, long enough) {
        // An owner could grow the database by reindexing again and again, and cancelling that.
        boolean leftovers = sessions.look(
                database,
                "look for indexes that are no use in '" + database + "'",
                connection -> !PostgresMaintenance.leftovers(connection).isEmpty());
        if (leftovers) {
            maintenance.dropLeftovers(database);
        }
        Map<Table, Long> before = done.getOrDefault(database, Map.of());
        List<Removed> all = sessions
                .look(
                        database,
                        "see what was removed from '" + database + "'",
                        connection -> Rows.list(connection, QuotaSql.REMOVED, Removed::of))
                .stream()
                .filter(it -> gain(it, before) > LEAST * bytes)
                .toList();
        boolean suffices = all.stream().mapToDouble(it -> gain(it, before)).sum() >= bytes - enough;
        List<Removed> worth =
                all.stream().filter(it -> suffices || part(it, before) >= WORTH).toList();
        if (!worth.isEmpty()) {
            rewrite(database, worth);
        }
    }

    private static double part(Removed it, Map<Table, Long> before) {
        return it.part(before.getOrDefault(it.table(), 0L));
    }

    private static double gain(Removed it, Map<Table, Long> before) {
        return it.bytes() * part(it, before);
    }

    private void rewrite(String database, List<Removed> worth) {
        Set<Table> tables = new HashSet<>();
        worth.forEach(it -> tables.add(it.table()));
        MaintenanceResult result = maintenance.rewrite(database, tables);
        LOG.info(
                "Made the closed database '{}' smaller: {} bytes before, {} after; skipped: {}",
                database,
                result.bytesBefore(),
                result.bytesAfter(),
                result.skipped());
        if (result.skipped().isEmpty()) {
            Map<Table, Long> now = new HashMap<>(done.getOrDefault(database, Map.of()));
            worth.forEach(it -> now.put(it.table(), it.removed()));
            done.put(database, now);
        }
    }
}
