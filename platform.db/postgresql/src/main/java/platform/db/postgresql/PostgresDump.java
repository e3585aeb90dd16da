package platform.db.postgresql;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import platform.db.api.DatabaseException;
import platform.db.api.Dump;
import platform.db.api.DumpInfo;

/**
 * A transaction that has exported its snapshot ({@code pg_export_snapshot}). While {@code pg_dump} reads by that snapshot, the
 * transaction itself counts the rows.
 */
final class PostgresDump implements Dump {

    private static final String INFO =
            "SELECT pg_database_size(current_database()) AS bytes, now() AS snapshot, current_setting('server_version')";
    private static final String HISTORY = "SELECT to_regclass('public.flyway_schema_history') IS NOT NULL";
    private static final String SCHEMA = "SELECT version FROM public.flyway_schema_history WHERE success"
            + " AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";

    private final String tool;
    private final ToolLogin login;
    private final Connection connection;
    private final String snapshot;
    private final DumpInfo info;

    private PostgresDump(String tool, String database, ToolLogin login, Connection connection) throws SQLException {
        this.tool = tool;
        this.login = login;
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Rows.execute(connection, "SET search_path = pg_catalog");
        this.snapshot = Rows.first(connection, "SELECT pg_export_snapshot()", row -> row.getString(1))
                .orElseThrow();
        this.info = Rows.first(connection, INFO, row -> info(database, row)).orElseThrow();
    }

    /**
     * @param tool where {@code pg_dump} is
     */
    static PostgresDump begin(Sessions sessions, String tool, String database) {
        ToolLogin login = ToolLogin.reader(sessions, database);
        try {
            return new PostgresDump(tool, database, login, login.connect());
        } catch (SQLException e) {
            login.close();
            throw new DatabaseException(
                    "Cannot take a snapshot of the database '" + database + "': " + e.getMessage(), e);
        }
    }

    private DumpInfo info(String database, ResultSet row) throws SQLException {
        return new DumpInfo(
                database,
                login.owner(),
                row.getString(3),
                row.getLong("bytes"),
                row.getTimestamp("snapshot").toInstant(),
                schemaVersion());
    }

    private Optional<String> schemaVersion() throws SQLException {
        boolean migrated =
                Rows.first(connection, HISTORY, row -> row.getBoolean(1)).orElse(false);
        return migrated ? Rows.first(connection, SCHEMA, row -> row.getString(1)) : Optional.empty();
    }

    /** The name under which other transactions see the same moment. */
    String snapshot() {
        return snapshot;
    }

    @Override
    public DumpInfo info() {
        return info;
    }

    @Override
    public Map<String, Long> writeTo(OutputStream out) throws IOException {
        FutureTask<Map<String, Long>> counting = new FutureTask<>(() -> RowCounts.of(connection));
        Thread counter = new Thread(counting, "postgresql-count");
        counter.setDaemon(true);
        counter.start();
        try (ToolProcess dump = login.start(List.of(
                tool,
                "--format=custom",
                "--compress=0",
                "--no-password",
                "--lock-wait-timeout=60s",
                "--snapshot=" + snapshot))) {
            dump.writeTo(out);
            return counting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("The dump of the database '" + info.database() + "' was cancelled", e);
        } catch (ExecutionException e) {
            throw new DatabaseException(
                    "Cannot count the rows of the database '" + info.database() + "': "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    /** Ends the transaction, and the counting if it goes on still: the server ends who has logged in so. */
    @Override
    public void close() {
        login.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseException("The connection of a dump does not close: " + e.getMessage(), e);
        }
    }
}
