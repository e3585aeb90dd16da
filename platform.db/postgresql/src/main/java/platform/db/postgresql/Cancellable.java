package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/** A statement that an interrupt of the waiting thread cancels on the server: JDBC itself waits whatever happens. */
final class Cancellable {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellable.class);
    private static final long STEP_MS = 1000;

    private Cancellable() {}

    /**
     * Runs work on a connection that nobody else uses meanwhile.
     *
     * @param each called by this thread each second until the work is done
     * @throws DatabaseException when it was interrupted; the work has ended by then
     */
    static <T> T run(Connection connection, String what, Callable<T> work, Runnable each) throws SQLException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = new Thread(task, "postgresql-work");
        worker.setDaemon(true);
        worker.start();
        while (true) {
            try {
                return task.get(STEP_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.trace("{} goes on", what, e);
                each.run();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
            } catch (InterruptedException e) {
                cancel(connection, worker);
                Thread.currentThread().interrupt();
                throw new DatabaseException(what + " was cancelled", e);
            }
        }
    }

    /** A second interrupt does not help: the connection must be quiet before it is closed. */
    private static void cancel(Connection connection, Thread worker) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            LOG.debug("Interrupted twice", e);
        }
    }
}
