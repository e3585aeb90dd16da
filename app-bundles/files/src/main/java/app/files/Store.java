package app.files;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The instance's database. Every piece of work is one short transaction, and none waits for a client's bytes, since the
 * pool has only a few connections.
 *
 * <p>Changes of single entries run side by side; what reaches over several entries (removing, moving, copying, locking)
 * runs alone. So a change can rely on what it has looked up, and only two changes of one entry compete: there the unique
 * constraints judge, and the loser's work is done again on what it finds now.
 */
final class Store {

    private static final int ATTEMPTS = 5;
    private static final Set<String> WORTH_REPEATING = Set.of(
            "23505", // unique_violation: another request has just made this entry
            "23503", // foreign_key_violation: another request has just removed what this refers to
            "40001", // serialization_failure
            "40P01"); // deadlock_detected

    private final DataSource dataSource;

    Store(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Looks something up, or changes what no other request knows: each statement is a transaction of its own. */
    <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return work.in(new Tx(new Sql(connection)));
        }
    }

    /** Changes one entry. */
    <T> T change(Work<T> work) throws SQLException {
        return repeated("SELECT pg_advisory_xact_lock_shared(1)", work);
    }

    /** Changes the tree or its locks while no other change runs. */
    <T> T restructure(Work<T> work) throws SQLException {
        return repeated("SELECT pg_advisory_xact_lock(1)", work);
    }

    private <T> T repeated(String lock, Work<T> work) throws SQLException {
        for (int attempt = 1; true; attempt++) {
            try {
                return transaction(lock, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !WORTH_REPEATING.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private <T> T transaction(String lock, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Sql sql = new Sql(connection);
                sql.list(lock, row -> true);
                T result = work.in(new Tx(sql));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                restore(connection);
            }
        }
    }

    private static void rollback(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** A pool resets the mode itself, another DataSource may not. */
    private static void restore(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(true);
        }
    }

    /** Work in one transaction; it may run more than once. */
    @FunctionalInterface
    interface Work<T> {
        T in(Tx tx) throws SQLException;
    }
}
