package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import platform.db.api.DatabaseAccess;

/**
 * Makes the connections of a pool. While the role's password is being changed nobody can say at which moment the server goes
 * over to the new one, so then both are tried.
 */
final class LoginSource extends ConnectionSource {

    private static final String WRONG_PASSWORD = "28P01";

    /** Nobody listens, the connection breaks, all places are taken, the server starts or stops. */
    private static final Set<String> AWAY = Set.of("08001", "08006", "53300", "57P03");

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Login login;
    private final Optional<ConnectionBudget.Share> share;
    private final Supplier<Duration> patience;
    private final AtomicReference<Connection> first = new AtomicReference<>();
    private final AtomicReference<Check> due = new AtomicReference<>();
    private volatile List<Login> logins;
    private volatile boolean closed;
    private final Set<Connection> made = Collections.newSetFromMap(new WeakHashMap<>());
    /** Many may make connections, unless one counts them. */
    private final ReadWriteLock making = new ReentrantReadWriteLock();

    /** Makes as many as it is asked for. */
    LoginSource(Login login) {
        this(login, Optional.empty(), () -> Duration.ZERO);
    }

    /**
     * @param share what its connections are taken from
     * @param patience how long it waits for a connection of its share
     */
    LoginSource(Login login, Optional<ConnectionBudget.Share> share, Supplier<Duration> patience) {
        this.login = login;
        this.share = share;
        this.patience = patience;
        this.logins = List.of(login);
    }

    /** The login as it was at first. */
    Login login() {
        return login;
    }

    @Override
    DatabaseAccess access() {
        return logins.get(0).access(1);
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

    /** What has to be so before the first connection is used. */
    interface Check {
        void on(Connection connection) throws SQLException;
    }

    /** Until it has succeeded once, each new connection is checked, and none is had that fails. */
    void checkOnce(Check check) {
        due.set(check);
    }

    /** Tries the login once, and keeps the connection for who asks next. */
    void probe() throws SQLException {
        first.set(shared(() -> connect(Login::dataSource)));
    }

    /** A connection that is tried for once, and without patience; no part of the share. */
    Connection probed() throws SQLException {
        return connect(Login::dataSource);
    }

    /** Closes what the probe has left, if nobody has asked. */
    void endProbe() throws SQLException {
        Connection left = first.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }

    /**
     * Tries again while the server is away or has no place, for almost as long as a borrower waits. HikariCP would do so, too,
     * but after each failure it pauses for twice as long, and thus notices late that the server is back.
     */
    @Override
    public Connection getConnection() throws SQLException {
        Connection probed = first.getAndSet(null);
        return probed != null ? probed : shared(() -> patiently(Login::dataSource));
    }

    /** The same role's connection to another database; no part of the share. */
    Connection connectTo(String database) throws SQLException {
        return connectTo(database, "");
    }

    /**
     * The same role's connection to another database; no part of the share.
     *
     * @param options with what the session begins
     */
    Connection connectTo(String database, String options) throws SQLException {
        return patiently(it -> it.withDatabase(database).dataSource(options));
    }

    /** The same connections, no part of the share. */
    DataSource unshared() {
        return new ConnectionSource() {
            @Override
            DatabaseAccess access() {
                return LoginSource.this.access();
            }

            @Override
            public Connection getConnection() throws SQLException {
                return patiently(Login::dataSource);
            }
        };
    }

    /** How a connection is made. */
    private interface Maker {
        Connection make() throws SQLException;
    }

    private Connection shared(Maker maker) throws SQLException {
        return share.isPresent() ? counted(share.get(), maker) : maker.make();
    }

    private Connection counted(ConnectionBudget.Share budget, Maker maker) throws SQLException {
        budget.acquire(patience.get());
        try {
            return new Counted(maker.make(), budget).connection();
        } catch (SQLException | RuntimeException e) {
            budget.release();
            throw e;
        }
    }

    /** Gives its part of the share back when it is closed. */
    private static final class Counted extends ClosingConnection {

        private final ConnectionBudget.Share budget;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Counted(Connection connection, ConnectionBudget.Share budget) {
            super(connection);
            this.budget = budget;
        }

        @Override
        void closed() {
            if (open.getAndSet(false)) {
                budget.release();
            }
        }
    }

    private Connection patiently(Function<Login, DataSource> where) throws SQLException {
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

    private Connection connect(Function<Login, DataSource> where) throws SQLException {
        making.readLock().lock();
        try {
            return checked(make(where));
        } finally {
            making.readLock().unlock();
        }
    }

    private Connection checked(Connection connection) throws SQLException {
        Check check = due.get();
        if (check != null) {
            try {
                check.on(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            due.compareAndSet(check, null);
        }
        return connection;
    }

    /**
     * While one password after the other is tried the server may go over to one that has been tried, or the next change may
     * begin: then it is worth another round.
     */
    private Connection make(Function<Login, DataSource> where) throws SQLException {
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

    private Connection make(List<Login> known, Function<Login, DataSource> where) throws SQLException {
        List<Login> order = known.size() == 1 ? known : append(known, known.get(0));
        SQLException failure = null;
        for (Login each : order) {
            try {
                return remember(where.apply(each).getConnection());
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
}
