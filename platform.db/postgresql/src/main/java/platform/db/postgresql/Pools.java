package platform.db.postgresql;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Makes the pools of one server, which share its connections. An idle pool has no connection and no thread: all pools share
 * the one that looks after them, and the threads that open and close connections end after five seconds.
 */
final class Pools implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    /** The shortest that HikariCP allows; it looks every 30 s. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** HikariCP must never refuse: the places of a pool, and its share, are counted outside of it. */
    private static final int UNLIMITED = 10_000;

    /** The shortest that HikariCP allows. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(250);

    private static final int RESERVED_SIZE = 5;
    private static final int LOOK_FOR_LEAKS_MILLIS = 1000;
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final ThreadFactory threads = Pools::thread;
    private final ScheduledThreadPoolExecutor housekeeper = new ScheduledThreadPoolExecutor(1, threads);
    private final Set<PooledDataSource> open = ConcurrentHashMap.newKeySet();
    private final ConnectionBudget budget;
    private volatile PoolSettings settings;

    /**
     * @param connections how many there are for all pools but the reserved ones
     */
    Pools(int connections, PoolSettings settings) {
        this.settings = settings;
        // A loan that is made while the platform ends is no longer watched, but it is made.
        housekeeper.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        housekeeper.setRemoveOnCancelPolicy(true);
        housekeeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        budget = new ConnectionBudget(
                connections,
                System::nanoTime,
                task -> housekeeper.schedule(task, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        housekeeper.scheduleWithFixedDelay(
                this::nameLeaks, LOOK_FOR_LEAKS_MILLIS, LOOK_FOR_LEAKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A thread that does not keep the class loader of whoever first needed it. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-pools");
        thread.setContextClassLoader(Pools.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Must not end by an exception, or it would never come again. */
    private void nameLeaks() {
        try {
            open.forEach(PooledDataSource::nameLeaks);
        } catch (RuntimeException e) {
            LOG.warn("Leaked connections cannot be looked for now", e);
        }
    }

    /** A pool, and where its connections come from. */
    record Opened(PooledDataSource pool, LoginSource logins) {}

    /**
     * Opens a pool which shares the server with the others.
     *
     * @param size how many connections it has at most; empty is as many as the settings say
     * @throws DatabaseException when the login fails
     */
    Opened open(Login login, Optional<Integer> size) {
        ConnectionBudget.Share share = budget.share(login.database(), size.orElse(settings.size()));
        try {
            Opened opened = prepare(shared(login, share), size, Optional.of(share), 0);
            prove(login, opened);
            return opened;
        } catch (RuntimeException e) {
            share.leave();
            throw e;
        }
    }

    /** The same, without a connection: whether the login works is seen when somebody borrows one. */
    Opened openUnproved(Login login, Optional<Integer> size) {
        ConnectionBudget.Share share = budget.share(login.database(), size.orElse(settings.size()));
        return prepare(shared(login, share), size, Optional.of(share), 0);
    }

    /**
     * Opens a pool whose connections are reserved, and which always keeps one: it works whatever the others do.
     *
     * @throws DatabaseException when the login fails
     */
    Opened openReserved(LoginSource logins) {
        Opened opened = prepare(logins, Optional.of(RESERVED_SIZE), Optional.empty(), 1);
        prove(logins.login(), opened);
        return opened;
    }

    /** Its connections count. */
    private LoginSource shared(Login login, ConnectionBudget.Share share) {
        // Longer than the borrower, who says what it is that there is none of.
        return new LoginSource(
                login, Optional.of(share), () -> settings.patience().plus(ASK_AGAIN.multipliedBy(2)));
    }

    private Opened prepare(
            LoginSource logins, Optional<Integer> size, Optional<ConnectionBudget.Share> share, int alwaysOpen) {
        Login login = logins.login();
        PooledDataSource pool = new PooledDataSource(
                logins, () -> config(login, logins, alwaysOpen), size, share, () -> settings, open::remove);
        open.add(pool);
        return new Opened(pool, logins);
    }

    private HikariConfig config(Login login, LoginSource logins, int alwaysOpen) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(login.database());
        config.setDataSource(logins);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(alwaysOpen);
        config.setMaximumPoolSize(UNLIMITED);
        config.setIdleTimeout(IDLE.toMillis());
        config.setKeepaliveTime(0);
        config.setConnectionTimeout(ASK_AGAIN.toMillis());
        config.setScheduledExecutor(housekeeper);
        config.setThreadFactory(threads);
        return config;
    }

    /**
     * HikariCP can try the login, too, but takes a second to say that it fails. The connection that has proved the login
     * becomes the pool's first: the schema is looked at next.
     */
    private static void prove(Login login, Opened opened) {
        try {
            opened.logins().probe();
            opened.pool().getConnection().close();
            opened.logins().endProbe();
        } catch (SQLException e) {
            opened.pool().close();
            throw cannotOpen(login, e);
        }
    }

    private static DatabaseException cannotOpen(Login login, SQLException e) {
        return new DatabaseException(
                "Cannot open the database '" + login.database() + "' as the role '" + login.role() + "': "
                        + e.getMessage(),
                e);
    }

    /** Takes over other settings, also for the pools that are open. */
    void apply(PoolSettings newSettings) {
        settings = newSettings;
        open.forEach(PooledDataSource::follow);
    }

    /** Does not close the pools that it has made. */
    @Override
    public void close() {
        housekeeper.shutdownNow();
    }
}
