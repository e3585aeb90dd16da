package platform.db.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.ConnectionShare;
import platform.db.api.DatabaseAccess;

/**
 * A database's pool: HikariCP's, behind a queue that knows who has which connection for how long, and which serves
 * borrowers in the order in which they came. HikariCP gets no more borrowers than there are places, so none of them waits
 * there for another.
 */
final class PooledDataSource extends ConnectionSource implements ConnectionBudget.Holder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PooledDataSource.class);

    /** Of the trace flag Database. */
    private static final Logger TRACE = LoggerFactory.getLogger("trace.database");

    /** No such database, not the schema that it had: waiting makes it no better. A wrong password may become right. */
    private static final List<String> FINAL = List.of("3D", "55000");

    private final LoginSource logins;
    private final Supplier<HikariConfig> config;
    private final Consumer<PooledDataSource> onClose;
    private final Optional<ConnectionBudget.Share> share;
    private final Supplier<PoolSettings> settings;
    private final Set<Loan> loans = ConcurrentHashMap.newKeySet();
    private final Set<RemoteShare> remotes = ConcurrentHashMap.newKeySet();
    private final Places places;
    private Optional<Integer> ownSize;
    private volatile HikariDataSource pool;
    private boolean closed;

    /** A semaphore whose size follows the settings. */
    private static final class Places extends Semaphore {

        private static final long serialVersionUID = 1L;
        private int size;

        Places(int size) {
            super(size, true);
            this.size = size;
        }

        synchronized int size() {
            return size;
        }

        synchronized void resize(int newSize) {
            if (newSize > size) {
                release(newSize - size);
            } else {
                reducePermits(size - newSize);
            }
            size = newSize;
        }
    }

    /**
     * @param logins where the pool's connections come from
     * @param config of HikariCP's pool, which is made when somebody first borrows: most databases are idle most of the time
     * @param ownSize how many connections there are at most; empty is as many as the settings say
     * @param share what they are taken from; empty when they are reserved
     * @param settings those of the moment
     */
    PooledDataSource(
            LoginSource logins,
            Supplier<HikariConfig> config,
            Optional<Integer> ownSize,
            Optional<ConnectionBudget.Share> share,
            Supplier<PoolSettings> settings,
            Consumer<PooledDataSource> onClose) {
        this.logins = logins;
        this.config = config;
        this.ownSize = ownSize;
        this.share = share;
        this.settings = settings;
        this.onClose = onClose;
        places = new Places(ownSize.orElse(settings.get().size()));
        share.ifPresent(its -> its.attach(this));
    }

    String name() {
        return logins.login().database();
    }

    /** How many connections there are at most. */
    int size() {
        return places.size();
    }

    /** From now on there are so many connections at most, or as many as the settings say; loans go on. */
    synchronized void resize(Optional<Integer> newSize) {
        ownSize = newSize;
        int size = ownSize.orElse(settings.get().size());
        places.resize(size);
        share.ifPresent(its -> its.limit(size));
    }

    /** Takes the settings of the moment over. */
    synchronized void follow() {
        resize(ownSize);
    }

    @Override
    DatabaseAccess access() {
        DatabaseAccess one = logins.access();
        return new DatabaseAccess(one.url(), one.role(), one.password(), size());
    }

    @Override
    ConnectionShare remoteShare() throws SQLException {
        if (share.isEmpty()) {
            return super.remoteShare();
        }
        RemoteShare remote = new RemoteShare(
                share.get().another(size()), () -> settings.get().patience(), remotes::remove);
        remotes.add(remote);
        return remote;
    }

    /** The parts of it that other processes have. */
    Set<RemoteShare> remotes() {
        return remotes;
    }

    /** Closes all connections that are open, here and in other processes, and those in use when they are given back. */
    void renew() {
        evict();
        remotes.forEach(RemoteShare::evict);
    }

    @Override
    public Connection getConnection() throws SQLException {
        long end = System.nanoTime() + settings.get().patience().toNanos();
        takePlace(end);
        boolean lent = false;
        try {
            Loan loan = new Loan(borrow(end), this::takeBack);
            loans.add(loan);
            lent = true;
            TRACE.debug("A connection is lent");
            return loan.connection();
        } finally {
            if (!lent) {
                places.release();
            }
        }
    }

    private void takePlace(long end) throws SQLException {
        try {
            if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                return;
            }
            takeBackWhatIsOver();
            if (!places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException(allInUse(), "53300");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for a connection of '" + name() + "'", "57014", e);
        }
    }

    /**
     * Asks HikariCP again and again: it makes a connection for somebody who asks, but none for somebody who waits already and
     * whose connection is evicted.
     */
    private Connection borrow(long end) throws SQLException {
        while (true) {
            try {
                return pool().getConnection();
            } catch (SQLTransientConnectionException e) {
                if (isFinal(e)) {
                    throw cannotConnect(e);
                }
                if (System.nanoTime() - end >= 0) {
                    throw explained(e);
                }
            }
        }
    }

    private HikariDataSource pool() throws SQLException {
        HikariDataSource made = pool;
        return made == null ? make() : made;
    }

    private synchronized HikariDataSource make() throws SQLException {
        if (closed) {
            throw new SQLException("The pool of '" + name() + "' is closed", "08003");
        }
        if (pool == null) {
            pool = new HikariDataSource(config.get());
        }
        return pool;
    }

    private static boolean isFinal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return FINAL.stream().anyMatch(state::startsWith);
    }

    private SQLException cannotConnect(SQLException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new SQLException(
                "Cannot connect to the database '" + name() + "': " + cause.getMessage(), e.getSQLState(), e);
    }

    private String allInUse() {
        return "All " + places.size() + " connections of '" + name() + "' are in use, and none was given back within "
                + settings.get().patience().toMillis() + " ms; the longest is out "
                + longestLoan().map(Loan::toString).orElse("no more") + ". Give connections back sooner";
    }

    /** HikariCP knows only that there was none. */
    private SQLTransientConnectionException explained(SQLTransientConnectionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String reason = share.filter(ConnectionBudget.Share::isWaiting)
                .map(ConnectionBudget.Share::describe)
                .orElse(cause.getMessage());
        return new SQLTransientConnectionException(
                "There was no connection for '" + name() + "' within "
                        + settings.get().patience().toMillis() + " ms: " + reason,
                e.getSQLState(),
                e);
    }

    private void takeBack(Loan loan) {
        if (loans.remove(loan)) {
            places.release();
            if (TRACE.isDebugEnabled()) {
                TRACE.debug("A connection is given back after {} ms", TimeUnit.NANOSECONDS.toMillis(loan.nanos()));
            }
        }
    }

    private void takeBackWhatIsOver() {
        loans.stream().filter(Loan::isOver).forEach(this::takeBack);
    }

    /** Names the loans that take too long, each once. */
    void nameLeaks() {
        if (loans.isEmpty()) {
            return;
        }
        takeBackWhatIsOver();
        Duration limit = settings.get().leaked();
        loans.stream()
                .filter(loan -> loan.becomesLeak(limit))
                .forEach(loan -> LOG.warn(
                        "A connection of '{}' was not given back: it is out {}. Below is who borrowed it",
                        name(),
                        loan,
                        loan.stack()));
    }

    @Override
    public Optional<Loan> longestLoan() {
        return loans.stream().max(Comparator.comparingLong(Loan::nanos));
    }

    @Override
    public int idle() {
        return opened().map(HikariPoolMXBean::getIdleConnections).orElse(0);
    }

    @Override
    public void evict() {
        opened().ifPresent(HikariPoolMXBean::softEvictConnections);
    }

    private Optional<HikariPoolMXBean> opened() {
        return Optional.ofNullable(pool).filter(made -> !made.isClosed()).map(HikariDataSource::getHikariPoolMXBean);
    }

    @Override
    public void close() {
        onClose.accept(this);
        end();
        share.ifPresent(ConnectionBudget.Share::leave);
    }

    private synchronized void end() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
    }
}
