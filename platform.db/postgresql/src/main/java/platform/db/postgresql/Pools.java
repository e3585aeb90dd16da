package platform.db.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import platform.db.api.DatabaseException;

/**
 * Makes the pools. An idle pool has no connection and no thread: all pools share the one that looks after them, and the
 * threads that open and close connections end after five seconds.
 */
final class Pools implements AutoCloseable {

    private static final int CONNECTIONS = 5;

    /** A borrower waits so long for a connection, be it that all are in use, or that the server is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The shortest that HikariCP allows; it looks every 30 s. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** A connection that is out for longer is named in the log, with the stack that borrowed it. */
    private static final Duration LEAKED = Duration.ofMinutes(5);

    private final Duration leaked;
    private final ThreadFactory threads = Pools::thread;
    private final ScheduledThreadPoolExecutor housekeeper = new ScheduledThreadPoolExecutor(1, threads);

    Pools() {
        this(LEAKED);
    }

    /**
     * @param leaked how long a connection may be out before it counts as leaked; HikariCP takes 2 s or more. The stack is
     *     caught by an exception that is made for each loan, and only written out when the time is over.
     */
    Pools(Duration leaked) {
        this.leaked = leaked;
        // A loan that is made while the platform ends is no longer watched, but it is made.
        housekeeper.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        housekeeper.setRemoveOnCancelPolicy(true);
        housekeeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A thread that does not keep the class loader of whoever first needed it. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-pools");
        thread.setContextClassLoader(Pools.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @throws DatabaseException when the login fails
     */
    HikariDataSource open(LoginSource source) {
        Login login = source.login();
        mustWork(login, source);
        HikariConfig config = new HikariConfig();
        config.setPoolName(login.database());
        config.setDataSource(source);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setIdleTimeout(IDLE.toMillis());
        config.setKeepaliveTime(0);
        config.setLeakDetectionThreshold(leaked.toMillis());
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setScheduledExecutor(housekeeper);
        config.setThreadFactory(threads);
        return new HikariDataSource(config);
    }

    /** HikariCP can try the login, too, but takes a second to say that it fails. */
    private static void mustWork(Login login, LoginSource source) {
        try {
            source.tryOnce().close();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "Cannot open the database '" + login.database() + "' as the role '" + login.role() + "': "
                            + e.getMessage(),
                    e);
        }
    }

    /** Does not close the pools that it has made. */
    @Override
    public void close() {
        housekeeper.shutdownNow();
    }
}
