package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import platform.db.api.DatabaseException;

/**
 * Maintenance statements, one table after the other, in one session of the owner's; how far a statement is, is asked of
 * the server meanwhile.
 */
final class TableWork {

    /** Not to be had in time: the lock; or the time itself. */
    private static final List<String> SKIPPED = List.of("55P03", "57014");

    private final Sessions sessions;
    private final Connection connection;
    private final Consumer<String> progress;
    private final List<String> skipped = new ArrayList<>();
    private int done;

    TableWork(Sessions sessions, Connection connection, Consumer<String> progress) {
        this.sessions = sessions;
        this.connection = connection;
        this.progress = progress;
    }

    /**
     * Runs the statement for a table.
     *
     * @param table how it is called in messages
     * @param label which one of how many it is
     * @return whether it was done; if not, it is among those skipped
     */
    boolean run(String table, String label, String sql) throws SQLException {
        progress.accept(label + ": " + table);
        try {
            await(table, label, sql);
            done++;
            return true;
        } catch (SQLException e) {
            if (!SKIPPED.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            skipped.add(table + " was skipped: " + e.getMessage());
            progress.accept(label + ": " + skipped.get(skipped.size() - 1));
            return false;
        }
    }

    int done() {
        return done;
    }

    List<String> skipped() {
        return skipped;
    }

    private void await(String table, String label, String sql) throws SQLException {
        AtomicReference<String> last = new AtomicReference<>("");
        Cancellable.run(
                connection,
                "The work on " + table,
                () -> {
                    Rows.execute(connection, sql);
                    return true;
                },
                () -> {
                    String now = howFar();
                    if (!now.equals(last.getAndSet(now))) {
                        progress.accept(label + ": " + table + ", " + now);
                    }
                });
    }

    /** Asked in a session of its own, for the other one is at work. */
    private String howFar() {
        try {
            int process = connection.unwrap(PGConnection.class).getBackendPID();
            return sessions.administer(
                    "ask for the progress of process " + process + "",
                    admin -> Rows.first(
                                    admin, MaintenanceSql.PROGRESS, row -> row.getString(1), Integer.toString(process))
                            .orElse("working or waiting for a lock"));
        } catch (SQLException | DatabaseException e) {
            return "working; how far is not known: " + e.getMessage();
        }
    }
}
