package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import platform.db.api.ConnectionShare;
import platform.db.api.Database;
import platform.db.api.DatabaseAccess;
import platform.db.api.DatabaseSpec;

/** What a pool holds. */
class PoolsTest {

    private static final Duration LEAKED = Duration.ofMinutes(5);
    private static final String PERIOD = "com.zaxxer.hikari.housekeeping.periodMs";

    @BeforeEach
    void hurry() {
        System.setProperty(PERIOD, "200");
    }

    @AfterEach
    void asUsual() {
        System.clearProperty(PERIOD);
    }

    @Test
    void anIdlePoolHoldsNoConnectionAndNoThread() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Database watcher = TestPostgres.databases().open(TestPostgres.newDatabase());
                Connection watch = watcher.dataSource().getConnection();
                Database database = TestPostgres.databases().open(spec)) {
            try (Connection one = database.dataSource().getConnection();
                    Connection two = database.dataSource().getConnection()) {
                assertThat(one.isValid(1) && two.isValid(1)).isTrue();
                assertThat(connections(watch, spec)).isEqualTo(2);
            }
            Eventually.holds("no connection after use", () -> connections(watch, spec) == 0);
            Eventually.holds("no thread but the shared one", () -> threads() == 1);
        }
    }

    @Test
    void whatNobodyHasBorrowedFromCanBeSharedEvictedAndClosed() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Pools pools = new Pools(10, settings(1, Duration.ofMillis(250), LEAKED))) {
            Pools.Opened opened = pools.openUnproved(login(spec), Optional.empty());
            assertThat(opened.pool().unwrap(DatabaseAccess.class).role()).isEqualTo(spec.role());
            opened.pool().evict();
            assertThat(opened.pool().idle()).isZero();
            opened.pool().close();
            assertThatThrownBy(opened.pool()::getConnection).hasMessageEndingWith("is closed");
        }
    }

    @Test
    void aLeakedConnectionIsNamedWithTheStackThatBorrowedIt() throws Exception {
        PrintStream error = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (Pools pools = new Pools(10, settings(5, Duration.ofSeconds(5), Duration.ofMillis(100)));
                PooledDataSource pool = open(pools, TestPostgres.newDatabase());
                Connection leaked = pool.getConnection()) {
            Eventually.holds(
                    "the leak is named",
                    () -> log.toString(StandardCharsets.UTF_8)
                            .contains("aLeakedConnectionIsNamedWithTheStackThatBorrowedIt"));
            assertThat(leaked.isValid(1)).as("it goes on working").isTrue();
        } finally {
            System.setErr(error);
        }
    }

    @Test
    void whoWaitsInVainInTheQueueOfAPoolIsToldWhoHasTheLongestLoan() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        try (Pools pools = new Pools(10, settings(1, Duration.ofMillis(250), LEAKED));
                PooledDataSource pool = open(pools, spec)) {
            try (Connection only = pool.getConnection()) {
                assertThatThrownBy(pool::getConnection)
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasMessageContaining("All 1 connections of '" + spec.database() + "' are in use")
                        .hasMessageContaining(
                                "by the thread '" + Thread.currentThread().getName());
                assertThat(only.isValid(1)).isTrue();
            }
            closeTwice(pool.getConnection());
            closeTwice(pool.getConnection());
            pools.apply(settings(2, Duration.ofSeconds(5), LEAKED));
            try (Connection one = pool.getConnection();
                    Connection two = pool.getConnection()) {
                assertThat(one.isValid(1) && two.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void whoWaitsInVainForTheServerIsToldWhichDatabaseHasWhat() throws Exception {
        DatabaseSpec holder = TestPostgres.newDatabase();
        try (Pools pools = new Pools(1, settings(5, Duration.ofSeconds(1), LEAKED));
                PooledDataSource waiter = open(pools, TestPostgres.newDatabase());
                PooledDataSource reserved = pools.openReserved(new LoginSource(login(TestPostgres.newDatabase())))
                        .pool();
                PooledDataSource first = open(pools, holder);
                Connection only = first.getConnection()) {
            assertThatThrownBy(waiter::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("no connection for '" + waiter.name() + "' within 1000 ms")
                    .hasMessageContaining(holder.database() + " has 1")
                    .hasMessageContaining("The longest is out of " + holder.database() + ", for ");
            try (Connection own = reserved.getConnection()) {
                assertThat(own.isValid(1) && only.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void theConnectionsOfAnotherProcessCountAndAreAskedBack() throws Exception {
        try (Pools pools = new Pools(2, settings(2, Duration.ofSeconds(1), LEAKED));
                PooledDataSource isolated = open(pools, TestPostgres.newDatabase());
                PooledDataSource other = open(pools, TestPostgres.newDatabase());
                ConnectionShare process = isolated.unwrap(ConnectionShare.class)) {
            process.acquire();
            process.acquire();
            assertThatThrownBy(other::getConnection).hasMessageContaining(isolated.name() + " has 2");

            process.onEvict(() -> process.release(0));
            try (Connection connection = other.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void aProcessThatIsGoneLeavesItsConnectionsToOthers() throws Exception {
        try (Pools pools = new Pools(2, settings(2, Duration.ofSeconds(1), LEAKED));
                PooledDataSource isolated = open(pools, TestPostgres.newDatabase());
                PooledDataSource other = open(pools, TestPostgres.newDatabase())) {
            ConnectionShare process = isolated.unwrap(ConnectionShare.class);
            process.acquire();
            process.acquire();

            process.close();

            assertThatThrownBy(process::acquire).hasMessageContaining("is gone");
            process.release(0);
            try (Connection one = other.getConnection();
                    Connection two = other.getConnection()) {
                assertThat(one.isValid(1) && two.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void reservedConnectionsAreNoPartOfAnyShare() throws Exception {
        try (Pools pools = new Pools(1, settings(1, Duration.ofSeconds(1), LEAKED));
                PooledDataSource reserved = pools.openReserved(new LoginSource(login(TestPostgres.newDatabase())))
                        .pool()) {
            assertThatThrownBy(() -> reserved.unwrap(ConnectionShare.class)).hasMessageContaining("no part");
        }
    }

    /** Three connections, twelve databases of which each borrows without a pause. */
    @Test
    void manyBusyDatabasesShareAFewConnections() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (Pools pools = new Pools(3, settings(2, Duration.ofSeconds(20), LEAKED))) {
            List<PooledDataSource> databases = new ArrayList<>();
            List<AtomicInteger> served = new ArrayList<>();
            List<Thread> borrowers = new ArrayList<>();
            Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 12; i++) {
                PooledDataSource database = open(pools, TestPostgres.newDatabase());
                AtomicInteger loans = new AtomicInteger();
                databases.add(database);
                served.add(loans);
                for (int thread = 0; thread < 3; thread++) {
                    borrowers.add(new Thread(() -> borrow(database, enough, loans, failures)));
                }
            }
            borrowers.forEach(Thread::start);
            Eventually.holds(
                    "each is served again and again",
                    () -> !failures.isEmpty() || served.stream().allMatch(loans -> loans.get() > 20));
            enough.set(true);
            for (Thread borrower : borrowers) {
                borrower.join();
            }
            databases.forEach(PooledDataSource::close);
            assertThat(failures).isEmpty();
        }
    }

    private static void borrow(
            PooledDataSource database, AtomicBoolean enough, AtomicInteger loans, Queue<SQLException> failures) {
        while (!enough.get()) {
            try (Connection connection = database.getConnection()) {
                connection.isValid(1);
                loans.incrementAndGet();
            } catch (SQLException e) {
                failures.add(e);
                return;
            }
        }
    }

    @Test
    void aConnectionThatIsGivenBackOnAnotherWayIsFreeAgain() throws Exception {
        try (Pools pools = new Pools(10, settings(1, Duration.ofSeconds(5), LEAKED));
                PooledDataSource pool = open(pools, TestPostgres.newDatabase());
                Connection lent = pool.getConnection()) {
            lent.createStatement().getConnection().close();
            try (Connection next = pool.getConnection()) {
                assertThat(next.isValid(1)).isTrue();
                assertThat(next.unwrap(PGConnection.class).getBackendPID()).isPositive();
            }
        }
    }

    private static void closeTwice(Connection connection) throws SQLException {
        connection.close();
        connection.close();
    }

    private static PoolSettings settings(int size, Duration patience, Duration leaked) {
        return new PoolSettings(size, patience, leaked);
    }

    private static PooledDataSource open(Pools pools, DatabaseSpec spec) {
        return pools.open(login(spec), Optional.empty()).pool();
    }

    private static Login login(DatabaseSpec spec) {
        return new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password());
    }

    private static int connections(Connection watch, DatabaseSpec spec) throws SQLException {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = ?";
        try (PreparedStatement statement = watch.prepareStatement(sql)) {
            statement.setString(1, spec.database());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("postgresql-pools"))
                .count();
    }
}
