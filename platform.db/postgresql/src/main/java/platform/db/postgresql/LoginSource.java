package platform.db.postgresql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Makes the connections of a pool. While the role's password is being changed nobody can say at which moment the server goes
 * over to the new one, so then both are tried.
 */
final class LoginSource implements DataSource {

    private static final String WRONG_PASSWORD = "28P01";

    /** Nobody listens, the connection breaks, all places are taken, the server starts or stops. */
    private static final Set<String> AWAY = Set.of("08001", "08006", "53300", "57P03");

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Login login;
    private volatile List<Login> logins;
    private volatile boolean closed;
    private final Set<Connection> made = Collections.newSetFromMap(new WeakHashMap<>());
    /** Many may make connections, unless one counts them. */
    private final ReadWriteLock making = new ReentrantReadWriteLock();

    LoginSource(Login login) {
        this.login = login;
        this.logins = List.of(login);
    }

    /** The login as it was at first. */
    Login login() {
        return login;
    }

    /** The server may know this password already, or still one of the former. */
    synchronized void add(String password) {
        Login next = login.withPassword(password);
        logins = logins.contains(next)
                ? logins
                : Stream.concat(Stream.of(next), logins.stream()).toList();
    }

    /** The server knows this password and no other. */
    synchronized void settle(String password) {
        logins = List.of(login.withPassword(password));
    }

    /**
     * Tries again while the server is away or has no place, for almost as long as a borrower waits. HikariCP would do so, too,
     * but after each failure it pauses for twice as long, and thus notices late that the server is back.
     */
    @Override
    public Connection getConnection() throws SQLException {
        return patiently(UnaryOperator.identity());
    }

    /** The same role's connection to another database. */
    Connection getConnection(String database) throws SQLException {
        return patiently(it -> it.withDatabase(database));
    }

    private Connection patiently(UnaryOperator<Login> where) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return connect(where);
            } catch (SQLException e) {
                if (closed || !AWAY.contains(String.valueOf(e.getSQLState())) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    /** The pool ends: nothing is tried again from now on. */
    void close() {
        closed = true;
    }

    /** Makes a connection, or fails at once. */
    Connection tryOnce() throws SQLException {
        return connect(UnaryOperator.identity());
    }

    private Connection connect(UnaryOperator<Login> where) throws SQLException {
        making.readLock().lock();
        try {
            return make(where);
        } finally {
            making.readLock().unlock();
        }
    }

    /**
     * While one password after the other is tried the server may go over to one that has been tried, or the next change may
     * begin: then it is worth another round.
     */
    private Connection make(UnaryOperator<Login> where) throws SQLException {
        while (true) {
            List<Login> known = logins;
            try {
                return make(known, where);
            } catch (SQLException e) {
                if (!WRONG_PASSWORD.equals(e.getSQLState()) || known.equals(logins)) {
                    throw e;
                }
            }
        }
    }

    private Connection make(List<Login> known, UnaryOperator<Login> where) throws SQLException {
        List<Login> order = known.size() == 1 ? known : append(known, known.get(0));
        SQLException failure = null;
        for (Login each : order) {
            try {
                return remember(where.apply(each).dataSource().getConnection());
            } catch (SQLException e) {
                if (!WRONG_PASSWORD.equals(e.getSQLState())) {
                    throw e;
                }
                failure = e;
            }
        }
        throw failure;
    }

    private static List<Login> append(List<Login> some, Login another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
    }

    private Connection remember(Connection connection) {
        synchronized (made) {
            made.add(connection);
        }
        return connection;
    }

    /** What is done with the server's processes that serve this source. */
    interface Work {
        void on(List<Integer> backends) throws SQLException;
    }

    /** Does something with the server's processes that serve this source; no other is made meanwhile. */
    void withBackends(Work work) throws SQLException {
        making.writeLock().lock();
        try {
            List<Integer> backends = new ArrayList<>();
            for (Connection connection : List.copyOf(made)) {
                if (!connection.isClosed()) {
                    backends.add(connection.unwrap(PGConnection.class).getBackendPID());
                }
            }
            work.on(backends);
        } finally {
            making.writeLock().unlock();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return login.dataSource().getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // HikariCP and the driver use their own logs.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The login has a time-out of its own, which HikariCP need not set.
    }

    /** For so many seconds HikariCP waits for a connection that is being made when the pool ends. */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("This is no wrapper of a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
