package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Empty databases that are made when nobody waits for them, and become an instance's by a change of name and owner: that
 * takes a few milliseconds instead of the time to copy some hundred files.
 *
 * <p>Which databases are spare is known by the server alone: those of the role {@value #OWNER}, which
 * cannot log in, has no members, and owns nothing else. What a killed platform has left is found again by its successor. Nobody can connect to a
 * spare database.
 */
final class Spares implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spares.class);
    /** Not the group of the instances' roles: a member of a database's owner may do with it what it likes. */
    static final String OWNER = "platform spares";

    private static final String PREFIX = "platform ready ";
    private static final String READY = "SELECT d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
            + " WHERE r.rolname = '" + OWNER + "' AND starts_with(d.datname, '" + PREFIX + "')"
            + " AND NOT d.datallowconn AND d.datconnlimit <> -2 ORDER BY d.oid";
    private static final String HALF_MADE = "SELECT d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
            + " WHERE r.rolname = '" + OWNER + "' AND starts_with(d.datname, '" + PREFIX + "')"
            + " AND (d.datallowconn OR d.datconnlimit = -2)";

    private final PooledDataSource administrator;
    private final LoginSource logins;
    private final ExecutorService maker;
    private volatile int wanted;

    /**
     * Makes none until it is told how many.
     *
     * @param logins how the administrator logs in to a database
     */
    Spares(PooledDataSource administrator, LoginSource logins) {
        this.administrator = administrator;
        this.logins = logins;
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Spares::thread);
        executor.allowCoreThreadTimeOut(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        maker = executor;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "postgresql-spares");
        thread.setContextClassLoader(Spares.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Keeps so many ready from now on; returns at once. */
    void keep(int count) {
        wanted = count;
        refill();
    }

    /** Makes what is missing, in the background. */
    void refill() {
        maker.execute(this::supply);
    }

    /**
     * Turns a spare database into one with this name and owner, to which nobody can connect yet. It is part of the
     * connection's transaction, or its own.
     *
     * @return whether there was one
     */
    boolean take(Connection connection, String database, String role) throws SQLException {
        Optional<String> spare = Rows.first(connection, READY, row -> row.getString(1));
        if (spare.isEmpty()) {
            return false;
        }
        Rows.execute(
                connection, "ALTER DATABASE " + Sql.identifier(spare.get()) + " RENAME TO " + Sql.identifier(database));
        Rows.execute(connection, "ALTER DATABASE " + Sql.identifier(database) + " OWNER TO " + Sql.identifier(role));
        return true;
    }

    private void supply() {
        try (Connection connection = administrator.getConnection()) {
            for (String name : Rows.list(connection, HALF_MADE, row -> row.getString(1))) {
                drop(connection, name);
            }
            List<String> ready = Rows.list(connection, READY, row -> row.getString(1));
            for (String surplus : ready.subList(Math.min(wanted, ready.size()), ready.size())) {
                drop(connection, surplus);
            }
            for (int i = ready.size(); i < wanted && !maker.isShutdown(); i++) {
                make(connection);
            }
        } catch (SQLException | DatabaseException e) {
            LOG.warn("There are no spare databases now; new ones are made when they are needed: {}", e.getMessage());
        }
    }

    /** Half made until nobody can connect any more. */
    private void make(Connection connection) throws SQLException {
        String name =
                PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String identifier = Sql.identifier(name);
        Rows.execute(
                connection,
                "CREATE DATABASE " + identifier + " OWNER " + Sql.identifier(OWNER)
                        + " TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false");
        Rows.execute(connection, "REVOKE ALL ON DATABASE " + identifier + " FROM PUBLIC");
        Rows.execute(connection, "ALTER DATABASE " + identifier + " ALLOW_CONNECTIONS true");
        // The first connection to a database prepares its catalogs' caches on disk, for all that follow.
        logins.connectTo(name).close();
        Rows.execute(connection, "ALTER DATABASE " + identifier + " ALLOW_CONNECTIONS false");
    }

    private static void drop(Connection connection, String name) throws SQLException {
        Rows.execute(connection, "DROP DATABASE IF EXISTS " + Sql.identifier(name) + " WITH (FORCE)");
    }

    /** Makes no more; the one that is being made is waited for, a few seconds at most. */
    @Override
    public void close() {
        maker.shutdown();
        try {
            if (!maker.awaitTermination(3, TimeUnit.SECONDS)) {
                LOG.debug("A spare database is still being made; the next start finds it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
