package platform.db.postgresql;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import platform.db.api.ChangesSince;
import platform.db.api.DatabaseException;

/**
 * A transaction that goes on to see what was. What has changed since, PostgreSQL says itself (documentation, "System Columns"): a row
 * that was removed or replaced has an {@code xmax} in this transaction, one that was added has an {@code xmin} that is no older than the
 * oldest transaction that went on at the moment. Both may say too much, never too little: a row is told by its key, as it is now. No
 * trigger and no setting of the server is needed, and nothing is kept for whoever writes but what a dump keeps, too.
 */
final class Snapshot implements ChangesSince {

    private static final String OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296";

    private final ToolLogin login;
    private Moment then;

    /**
     * A transaction at its moment.
     *
     * @param oldest the oldest transaction that went on
     * @param files the files of the tables, by the tables' ids
     */
    private record Moment(Connection connection, String oldest, List<String> definitions, Map<Long, Long> files) {

        static Moment of(Connection connection) throws SQLException {
            Map<Long, Long> files = new HashMap<>();
            ChangedTable.all(connection).forEach(it -> files.put(it.id(), it.file()));
            return new Moment(
                    connection,
                    Rows.first(connection, OLDEST, row -> row.getString(1)).orElseThrow(),
                    Rows.list(connection, UpgradeSql.INVENTORY + " ORDER BY 1", row -> row.getString(1)),
                    files);
        }
    }

    private Snapshot(ToolLogin login, Moment then) {
        this.login = login;
        this.then = then;
    }

    static Snapshot of(Sessions sessions, PostgresDump dump) {
        String database = dump.info().database();
        ToolLogin login = ToolLogin.editor(sessions, database);
        try {
            Connection connection = begin(login);
            Rows.execute(connection, "SET TRANSACTION SNAPSHOT " + Sql.text(dump.snapshot()));
            return new Snapshot(login, moment(connection));
        } catch (SQLException e) {
            login.close();
            throw new DatabaseException(
                    "The changes of the database '" + database + "' cannot be told: " + e.getMessage(), e);
        }
    }

    private static Connection begin(ToolLogin login) throws SQLException {
        Connection connection = login.connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private static Moment moment(Connection connection) throws SQLException {
        Rows.execute(connection, "SET search_path = pg_catalog");
        return Moment.of(connection);
    }

    @Override
    public Map<String, Long> writeTo(OutputStream out) throws IOException {
        try {
            Moment now = moment(begin(login));
            if (!now.definitions().equals(then.definitions())) {
                throw new DatabaseException(
                        "The definitions of the database have changed meanwhile, as an update of the app"
                                + " does: begin anew");
            }
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
            ChangeWriter writer =
                    new ChangeWriter(then.connection(), now.connection(), then.oldest(), then.files(), data);
            Map<String, Long> rows = writer.write();
            data.flush();
            then.connection().close();
            then = now;
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException("The changes of the database cannot be told: " + e.getMessage(), e);
        }
    }

    /** Ends the transactions: the server ends who has logged in so. */
    @Override
    public void close() {
        login.close();
        try {
            then.connection().close();
        } catch (SQLException e) {
            throw new DatabaseException("The connection of a snapshot does not close: " + e.getMessage(), e);
        }
    }
}
