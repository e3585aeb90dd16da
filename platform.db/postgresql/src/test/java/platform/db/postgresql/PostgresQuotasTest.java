package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.api.QuotaUse;

/** Each quota, and what somebody tries who does not want to keep it. */
class PostgresQuotasTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long MB = 1_000_000;

    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final Deque<Runnable> rewriting = new ArrayDeque<>();
    private final PostgresQuotas quotas = quotas();
    private final List<Connection> connections = new ArrayList<>();

    private PostgresQuotas quotas() {
        return new PostgresQuotas(
                TestPostgres.sessions(),
                TestPostgres.sessions()::administer,
                new PostgresMaintenance(TestPostgres.sessions(), () -> Long.MAX_VALUE),
                TestPostgres::limit,
                rewriting::add);
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        quotas.apply(Map.of(spec.database(), Quota.NONE));
        quotas.check();
    }

    private Connection connect() throws SQLException {
        Connection connection = new Login(TestPostgres.port(), spec.database(), spec.role(), spec.password())
                .dataSource()
                .getConnection();
        connections.add(connection);
        return connection;
    }

    private void apply(Quota quota) {
        quotas.apply(Map.of(spec.database(), quota));
    }

    private static Quota quota(Integer connections, Duration statement, Duration idle, Long temporary) {
        return new Quota(
                Optional.ofNullable(connections),
                Optional.ofNullable(statement),
                Optional.ofNullable(idle),
                Optional.ofNullable(temporary),
                Optional.empty(),
                Optional.empty());
    }

    private static Quota hard(long bytes) {
        return new Quota(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(bytes / 2),
                Optional.of(bytes));
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return Rows.first(connection, sql, row -> row.getString(1)).orElse(null);
    }

    private static void fails(Connection connection, String state, String sql) {
        assertThatThrownBy(() -> Rows.execute(connection, sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }

    @Test
    void theServerLetsARoleHaveSoManyConnectionsAndAFewMore() throws Exception {
        apply(quota(2, null, null, null));
        for (int i = 0; i < 2 + RoleLimits.RESERVE; i++) {
            connect();
        }
        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
        fails(connections.get(0), "42501", "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1");
        assertThat(quotas.use(spec.database()).connections()).isEqualTo(2 + RoleLimits.RESERVE);
        apply(Quota.NONE);
        connect();
    }

    @Test
    void thePoolsFollow() {
        try (Database before = TestPostgres.databases().open(spec)) {
            apply(quota(1, null, null, null));
            try (Database after = TestPostgres.databases().open(spec)) {
                assertThat(most(before)).isEqualTo(1);
                assertThat(most(after)).isEqualTo(1);
                apply(quota(7, null, null, null));
                assertThat(most(after)).isEqualTo(7);
                apply(Quota.NONE);
                assertThat(most(before)).isEqualTo(PoolSettings.DEFAULT.size());
            }
        }
    }

    private static int most(Database database) {
        return ((PooledDataSource) database.dataSource()).size();
    }

    /** The platform's own work in a database needs no second connection while it has one. */
    @Test
    void oneConnectionIsEnoughForMigrations(@TempDir Path folder) throws Exception {
        apply(quota(1, null, null, null));
        Path script = Files.writeString(folder.resolve("V1__first.sql"), "CREATE TABLE first (id int)");
        try (Database database = TestPostgres.databases().open(spec)) {
            assertThat(database.migrate(List.of(script.toUri().toURL()))).isEqualTo(1);
        }
    }

    @Test
    void sessionsBeginWithTheTimeOuts() throws Exception {
        apply(quota(null, Duration.ofMillis(300), MINUTE, 64L << 10));
        Connection user = connect();
        fails(user, "57014", "SELECT pg_sleep(30)");
        assertThat(one(user, "SHOW idle_in_transaction_session_timeout")).isEqualTo("1min");
        apply(quota(null, MINUTE, null, null));
        assertThat(one(connect(), "SHOW statement_timeout")).isEqualTo("1min");
        assertThat(one(connect(), "SHOW idle_in_transaction_session_timeout")).isEqualTo("0");
        assertThat(one(connect(), "SHOW temp_file_limit")).isEqualTo("-1");
    }

    @Test
    void temporaryFilesHaveALimitThatARoleCannotLift() throws Exception {
        apply(quota(null, null, null, 1L << 20));
        Connection user = connect();
        fails(user, "42501", "SET temp_file_limit = -1");
        fails(user, "42501", "ALTER ROLE CURRENT_USER SET temp_file_limit = -1");
        fails(user, "42501", "ALTER ROLE CURRENT_USER RESET temp_file_limit");
        fails(user, "42501", "ALTER DATABASE \"" + spec.database() + "\" SET temp_file_limit = -1");
        Rows.execute(user, "ALTER ROLE CURRENT_USER RESET ALL");
        Rows.execute(user, "RESET ALL");
        Rows.execute(user, "DISCARD ALL");
        for (Connection each : List.of(user, connect())) {
            Rows.execute(each, "SET work_mem = '64kB'");
            fails(each, "53400", "SELECT n FROM generate_series(1, 2000000) AS n ORDER BY -n");
        }
    }

    @Test
    void whatIsInTemporaryFilesIsCounted() throws Exception {
        Connection user = connect();
        user.setAutoCommit(false);
        Rows.execute(user, "SET work_mem = '64kB'");
        Rows.execute(user, "DECLARE c CURSOR WITH HOLD FOR SELECT n FROM generate_series(1, 100000) AS n ORDER BY -n");
        Rows.execute(user, "FETCH 1 FROM c");
        user.commit();
        assertThat(quotas.use(spec.database()).temporaryBytes()).isGreaterThan(100_000);
    }

    /** Whatever the session has set for itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(60)",
                "DO $$ BEGIN LOOP PERFORM pg_sleep(0.01); COMMIT; END LOOP; END $$",
                "DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN END; END LOOP; END $$",
            })
    void aStatementThatTakesTooLongIsEnded(String sql) throws Exception {
        apply(quota(null, Duration.ofMillis(200), null, null));
        Connection user = connect();
        Rows.execute(user, "SET statement_timeout = 0");
        fails(user, "42501", "SET track_activities = off");
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> execute(user, sql));
        Eventually.holds(
                "the statement takes too long",
                () -> quotas.use(spec.database()).longestStatement().toMillis() > 200);
        assertThat(running).isNotDone();
        Eventually.holds("it is ended", () -> {
            quotas.check();
            return running.isDone();
        });
        assertThatThrownBy(running::join).hasCauseInstanceOf(SQLException.class);
    }

    private static void execute(Connection connection, String sql) {
        try {
            Rows.execute(connection, sql);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT 1/0"})
    void aTransactionThatDoesNothingForTooLongIsEnded(String sql) throws Exception {
        apply(quota(null, null, Duration.ofMillis(200), null));
        Connection user = connect();
        Rows.execute(user, "SET idle_in_transaction_session_timeout = 0");
        user.setAutoCommit(false);
        try {
            Rows.execute(user, sql);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("22012");
        }
        Eventually.holds(
                "it has done nothing for long",
                () -> quotas.use(spec.database()).longestIdle().toMillis() > 200);
        Eventually.holds("it is ended", () -> {
            quotas.check();
            return quotas.use(spec.database()).connections() == 0;
        });
    }

    @Test
    void thePlatformsOwnWorkMayTakeLonger() throws Exception {
        apply(quota(null, Duration.ofMillis(1), Duration.ofMillis(1), null));
        String answer = TestPostgres.sessions().asOwner(spec.database(), Map.of("statement_timeout", "0"), session -> {
            CompletableFuture<Void> working =
                    CompletableFuture.runAsync(() -> execute(session.connection(), "SELECT pg_sleep(0.5)"));
            while (!working.isDone()) {
                quotas.check();
            }
            working.join();
            return one(session.connection(), "SELECT 'done'");
        });
        assertThat(answer).isEqualTo("done");
    }

    private QuotaState state() {
        return quotas.check().stream()
                .filter(it -> it.database().equals(spec.database()))
                .findFirst()
                .orElseThrow();
    }

    private void fill(Connection user) throws SQLException {
        Rows.execute(user, "CREATE TABLE IF NOT EXISTS t (n int PRIMARY KEY, text text)");
        Rows.execute(user, "INSERT INTO t SELECT n, repeat('x', 1000) FROM generate_series(1, 20000) AS n");
    }

    @Test
    void aDatabaseThatIsTooLargeIsClosedAndOpensItselfWhenItIsSmaller() throws Exception {
        apply(hard(20 * MB));
        assertThat(state().closed()).isFalse();
        fill(connect());
        QuotaState full = state();
        assertThat(full.closed()).isTrue();
        assertThat(full.bytes()).isGreaterThan(20 * MB);
        assertThat(quotas.use(spec.database())).extracting(QuotaUse::closed).isEqualTo(true);

        Connection user = connect();
        assertThatThrownBy(() -> Rows.execute(user, "INSERT INTO t VALUES (0)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53100"))
                .hasMessageContaining("takes " + String.format("%,.1f MB", full.bytes() / 1e6))
                .hasMessageContaining("limit is 20.0 MB")
                .hasMessageContaining("Delete rows");
        Rows.execute(user, "DELETE FROM t WHERE n > 1000");
        // The end of a session lets the server count at once what it has done.
        user.close();
        Eventually.holds("the server has counted what was deleted", () -> {
            boolean closed = state().closed();
            while (!rewriting.isEmpty()) {
                rewriting.remove().run();
            }
            return !closed;
        });
        Rows.execute(connect(), "INSERT INTO t VALUES (0)");
        assertThat(one(connect(), "SELECT count(*) FROM t")).isEqualTo("1001");
        assertThat(quotas.use(spec.database()).closed()).isFalse();
    }

    @Test
    void aDatabaseStaysClosedOverARestartAndOpensWithItsLimit() throws Exception {
        apply(hard(20 * MB));
        fill(connect());
        assertThat(state().closed()).isTrue();

        PostgresQuotas next = quotas();
        next.check();
        fails(connect(), "53100", "INSERT INTO t VALUES (0)");
        next.apply(Map.of(spec.database(), hard(20 * MB)));
        assertThat(next.check()).anyMatch(it -> it.database().equals(spec.database()) && it.closed());
        fails(connect(), "53100", "INSERT INTO t VALUES (0)");
        next.apply(Map.of(spec.database(), hard(21 * MB)));
        next.check();
        assertThatThrownBy(() -> Rows.execute(connect(), "INSERT INTO t VALUES (0)"))
                .as("the message has the limit of now")
                .hasMessageContaining("21.0 MB");

        next.apply(Map.of(spec.database(), Quota.NONE));
        next.check();
        Rows.execute(connect(), "INSERT INTO t VALUES (0)");
        assertThat(next.check()).noneMatch(it -> it.database().equals(spec.database()));
    }

    /** A REINDEX is no DDL to the server, and an index that it leaves when it is cancelled takes room. */
    @Test
    void indexesThatACancelledReindexingLeavesGoAgain() throws Exception {
        apply(hard(20 * MB));
        fill(connect());
        try (Connection user = connect()) {
            Rows.execute(user, "CREATE INDEX t_pkey_ccnew ON t (text)");
        }
        TestPostgres.sessions().enter(spec.database(), "invalidate an index", connection -> {
            Rows.execute(
                    connection,
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.t_pkey_ccnew'::regclass");
            return null;
        });
        assertThat(state().closed()).isTrue();
        rewriting.remove().run();
        assertThat(one(connect(), "SELECT to_regclass('t_pkey_ccnew') IS NULL")).isEqualTo("t");
    }

    /** What a long transaction has written so far counts, though the server's statistics do not know of it yet. */
    @Test
    void anOpenTransactionIsMeasuredToo() throws Exception {
        apply(hard(20 * MB));
        state();
        Connection user = connect();
        user.setAutoCommit(false);
        fill(user);
        assertThat(state().closed()).isTrue();
        assertThatThrownBy(user::commit).isInstanceOf(SQLException.class);
    }

    @Test
    void tablesInUseAreNotWaitedForWhenRoomIsGivenBack() throws Exception {
        apply(hard(20 * MB));
        fill(connect());
        state();
        try (Connection deleting = connect()) {
            Rows.execute(deleting, "DELETE FROM t");
        }
        Connection user = connect();
        user.setAutoCommit(false);
        Rows.execute(user, "SELECT * FROM t");
        Eventually.holds("the rewriting begins", () -> {
            state();
            rewriting.remove().run();
            return true;
        });
        assertThat(state().closed()).isTrue();
        user.rollback();
        Eventually.holds("it is tried again", () -> {
            if (!rewriting.isEmpty()) {
                rewriting.remove().run();
            }
            return !state().closed();
        });
    }

    @Test
    void loginsForOtherMachinesHaveTheSameLimits() throws Exception {
        apply(quota(null, MINUTE, null, 1L << 20));
        AccessLogins logins = new AccessLogins(TestPostgres.sessions());
        AccessLogins.Made made = logins.make(spec.role());
        try (Connection outside = new Login(TestPostgres.port(), spec.database(), made.role(), made.password())
                .dataSource()
                .getConnection()) {
            assertThat(one(outside, "SHOW temp_file_limit")).isEqualTo("1MB");
            assertThat(one(outside, "SHOW statement_timeout")).isEqualTo("1min");
        }
        apply(quota(null, Duration.ofMinutes(2), null, null));
        try (Connection outside = new Login(TestPostgres.port(), spec.database(), made.role(), made.password())
                .dataSource()
                .getConnection()) {
            assertThat(one(outside, "SHOW temp_file_limit")).isEqualTo("-1");
            assertThat(one(outside, "SHOW statement_timeout")).isEqualTo("2min");
        }
        TestPostgres.sessions().remove(spec.database(), made.role(), spec.role());
    }
}
