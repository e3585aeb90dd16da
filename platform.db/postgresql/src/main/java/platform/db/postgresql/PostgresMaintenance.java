package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import platform.db.api.DatabaseException;
import platform.db.api.Maintenance;
import platform.db.api.MaintenanceResult;
import platform.db.api.TableStatus;

/** Vacuums and reindexes table by table, in a session of the database's owner: so an app's index cannot misuse it. */
final class PostgresMaintenance implements Maintenance {

    private static final String LOCK_PATIENCE = "10s";
    private static final String SIZE = "SELECT pg_database_size(current_database())";

    private final Sessions sessions;
    private final LongSupplier freeBytes;

    /** @param freeBytes what is free where the server keeps its data */
    PostgresMaintenance(Sessions sessions, LongSupplier freeBytes) {
        this.sessions = sessions;
        this.freeBytes = freeBytes;
    }

    /** A table to work on. */
    private record Target(String schema, String name, boolean indexed, long bytes, long indexBytes) {

        static Target of(ResultSet row) throws SQLException {
            return new Target(
                    row.getString("schema"),
                    row.getString("name"),
                    row.getBoolean("indexed"),
                    row.getLong("bytes"),
                    row.getLong("index_bytes"));
        }

        String sql() {
            return qualified(schema, name);
        }

        String title() {
            return schema + "." + name;
        }
    }

    @Override
    public MaintenanceResult vacuum(String database, boolean full, Consumer<String> progress) {
        String how = full ? "VACUUM (FULL, ANALYZE) " : "VACUUM (ANALYZE) ";
        return work("vacuum", database, Duration.ZERO, progress, work -> {
            List<Target> targets = work.targets();
            if (full) {
                mustFit(database, "vacuum", "table with its indexes", targets, Target::bytes);
            }
            each(work, "vacuum", targets, how);
            if (!full) {
                catalogs(work);
            }
        });
    }

    @Override
    public MaintenanceResult reindex(String database, boolean concurrently, Consumer<String> progress) {
        String how = concurrently ? "REINDEX TABLE CONCURRENTLY " : "REINDEX TABLE ";
        return work("reindex", database, Duration.ZERO, progress, work -> {
            List<Target> targets =
                    work.targets().stream().filter(Target::indexed).toList();
            mustFit(database, "reindex", "table's indexes", targets, Target::indexBytes);
            clear(work);
            each(work, "reindex", targets, how);
            clear(work);
        });
    }

    @Override
    public MaintenanceResult tidy(String database, Duration most, Consumer<String> progress) {
        List<TableStatus> tables = sessions.look(
                database, "measure the tables of the database '" + database + "'", PostgresStatistics::tables);
        List<TableStatus> dead = tables.stream().filter(Worth::vacuuming).toList();
        List<TableStatus> bloated = tables.stream()
                .filter(Worth::reindexing)
                .filter(table -> table.indexBytes() < freeBytes.getAsLong())
                .toList();
        return work("tidy", database, most, progress, work -> {
            clear(work);
            for (TableStatus table : dead) {
                work.run(table.schema(), table.name(), "vacuum", "VACUUM (ANALYZE) ");
            }
            for (TableStatus table : bloated) {
                work.run(table.schema(), table.name(), "reindex", "REINDEX TABLE CONCURRENTLY ");
            }
            if (!bloated.isEmpty()) {
                clear(work);
            }
        });
    }

    /** Writes some tables anew, as {@link #vacuum} does with all; one that is in use is skipped rather than waited for. */
    MaintenanceResult rewrite(String database, Set<Shrinking.Table> tables) {
        return work("vacuum", database, Duration.ZERO, step -> {}, work -> {
            Rows.execute(work.connection(), "SET lock_timeout = '2s'");
            List<Target> targets =
                    Rows.list(work.connection(), MaintenanceSql.TABLES_AND_LARGE_OBJECTS, Target::of).stream()
                            .filter(it -> tables.contains(new Shrinking.Table(it.schema(), it.name())))
                            .toList();
            mustFit(database, "vacuum", "table with its indexes", targets, Target::bytes);
            each(work, "vacuum", targets, "VACUUM (FULL, ANALYZE) ");
        });
    }

    /** Drops the indexes that a concurrent reindexing has left, but those that it is still at. */
    void dropLeftovers(String database) {
        work("clear", database, Duration.ZERO, step -> {}, work -> {
            Rows.execute(work.connection(), "SET lock_timeout = '1s'");
            for (String leftover : leftovers(work.connection())) {
                work.tables().run(leftover, "drop", "DROP INDEX IF EXISTS " + leftover);
            }
        });
    }

    /** A database that is worked on. */
    private record Open(Connection connection, TableWork tables, long deadline) {

        List<Target> targets() throws SQLException {
            return Rows.list(connection, MaintenanceSql.TABLES, Target::of);
        }

        /** Nothing is begun after the end, and what was begun is cancelled then. */
        void run(String schema, String name, String label, String how) throws SQLException {
            if (deadline != Long.MAX_VALUE) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                Rows.execute(connection, "SET statement_timeout = " + Math.min(left, Integer.MAX_VALUE));
            }
            tables.run(schema + "." + name, label, how + qualified(schema, name));
        }
    }

    /** What is done in an open database. */
    private interface Task {
        void in(Open open) throws SQLException;
    }

    /** @param most how long it may take; zero is as long as it takes */
    private MaintenanceResult work(String verb, String database, Duration most, Consumer<String> progress, Task task) {
        long begin = System.nanoTime();
        Map<String, String> settings = Map.of("lock_timeout", LOCK_PATIENCE, "statement_timeout", "0");
        try {
            return sessions.asOwner(database, settings, session -> {
                Connection connection = session.connection();
                TableWork tables = new TableWork(sessions, connection, progress);
                long before = size(connection);
                task.in(new Open(connection, tables, most.isZero() ? Long.MAX_VALUE : begin + most.toNanos()));
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                return new MaintenanceResult(database, tables.done(), tables.skipped(), before, size(connection), took);
            });
        } catch (SQLException e) {
            throw new DatabaseException("Cannot " + verb + " the database '" + database + "': " + e.getMessage(), e);
        }
    }

    private static long size(Connection connection) throws SQLException {
        return Rows.first(connection, SIZE, row -> row.getLong(1)).orElse(0L);
    }

    private static void each(Open open, String verb, List<Target> targets, String how) throws SQLException {
        int number = 0;
        for (Target target : targets) {
            number++;
            open.tables().run(target.title(), verb + " " + number + " of " + targets.size(), how + target.sql());
        }
    }

    /** An app that makes and drops tables all the time leaves its garbage there. */
    private static void catalogs(Open open) throws SQLException {
        String all = String.join(
                ", ",
                Rows.list(
                        open.connection(),
                        MaintenanceSql.CATALOGS,
                        row -> qualified(row.getString("schema"), row.getString("name"))));
        Rows.execute(open.connection(), "VACUUM (ANALYZE, SKIP_LOCKED) " + all);
    }

    private static void clear(Open open) throws SQLException {
        for (String leftover : leftovers(open.connection())) {
            Rows.execute(open.connection(), "DROP INDEX IF EXISTS " + leftover);
        }
    }

    static List<String> leftovers(Connection connection) throws SQLException {
        return Rows.list(
                connection, MaintenanceSql.LEFTOVERS, row -> qualified(row.getString("schema"), row.getString("name")));
    }

    private void mustFit(
            String database, String verb, String what, List<Target> targets, ToLongFunction<Target> bytes) {
        Target largest = targets.stream()
                .reduce((a, b) -> bytes.applyAsLong(b) > bytes.applyAsLong(a) ? b : a)
                .orElse(null);
        long free = freeBytes.getAsLong();
        if (largest != null && bytes.applyAsLong(largest) > free) {
            long needed = bytes.applyAsLong(largest);
            throw new DatabaseException(String.format(
                    "Cannot %s the database '%s': the largest %s (of %s) takes %,d bytes and is written a second time, but "
                            + "only %,d bytes are free: %,d bytes are missing. Free them, then try again",
                    verb, database, what, largest.title(), needed, free, needed - free));
        }
    }

    private static String qualified(String schema, String name) {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }
}
