package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.LockWait;
import platform.db.api.TableStatus;

/** What a real server says about its databases. */
class PostgresStatisticsTest {

    private final PostgresStatistics statistics = new PostgresStatistics(TestPostgres.sessions());
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final Database database = TestPostgres.databases().open(spec);

    @AfterEach
    void close() {
        database.close();
    }

    private void run(String... statements) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            for (String sql : statements) {
                Rows.execute(connection, sql);
            }
        }
    }

    private TableStatus table() {
        List<TableStatus> tables = statistics.tables(spec.database());
        assertThat(tables).hasSize(1);
        return tables.get(0);
    }

    @Test
    void databasesAreListedWithSizeOwnerAndCacheHits() throws Exception {
        run("CREATE TABLE t AS SELECT generate_series(1, 1000) AS n", "SELECT count(*) FROM t");

        assertThat(statistics.databases())
                .filteredOn(found -> found.name().equals(spec.database()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.role()).isEqualTo(spec.role());
                    assertThat(found.bytes())
                            .isEqualTo(TestPostgres.databases().size(spec.database()))
                            .isPositive();
                    assertThat(found.cacheHitRatio().orElse(1.0)).isBetween(0.0, 1.0);
                    assertThat(found.longestTransaction()).isEmpty();
                    assertThat(found.waitingLocks()).isZero();
                });
        assertThat(statistics.database(spec.database())).isPresent();
    }

    @Test
    void whatIsNotThePlatformsIsNotShown() {
        assertThat(statistics.database("postgres")).isEmpty();
        assertThat(statistics.databases()).noneMatch(found -> found.name().equals("postgres"));
        assertThatThrownBy(() -> statistics.tables("postgres"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("no database 'postgres'");
        assertThatThrownBy(() -> statistics.lockWaits("nowhere")).isInstanceOf(DatabaseException.class);
    }

    @Test
    void theLongestTransactionIsMeasured() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Rows.execute(connection, "SELECT 1");
            assertThat(statistics.database(spec.database()).orElseThrow().longestTransaction())
                    .isPresent();
            connection.rollback();
        }
    }

    @Test
    void aTableIsMeasuredWithItsIndexesAndRows() throws Exception {
        run(
                "CREATE TABLE \"odd \"\" name\" (n int PRIMARY KEY, text text)",
                "INSERT INTO \"odd \"\" name\" SELECT n, 'some text' FROM generate_series(1, 10000) AS n",
                // Told after the ANALYZE, these rows would count twice.
                "SELECT pg_stat_force_next_flush()");
        assertThat(table().bloatBytes()).isEmpty();
        assertThat(table().lastVacuum()).isEmpty();

        run("VACUUM ANALYZE \"odd \"\" name\"");
        TableStatus table = table();
        assertThat(table.schema()).isEqualTo("public");
        assertThat(table.name()).isEqualTo("odd \" name");
        assertThat(table.bytes()).isGreaterThan(table.indexBytes());
        assertThat(table.indexBytes()).isPositive();
        assertThat(table.liveRows()).isEqualTo(10000);
        assertThat(table.lastVacuum()).isPresent();
        assertThat(table.lastAnalyze()).isPresent();
        assertThat(table.bloatBytes().orElseThrow()).isLessThan(table.bytes() / 10);
        assertThat(table.indexBloatBytes().orElseThrow()).isLessThan(table.indexBytes() / 4);
    }

    @Test
    void roomThatNoRowNeedsIsBloat() throws Exception {
        run(
                "CREATE TABLE t (n int PRIMARY KEY, text text)",
                "INSERT INTO t SELECT n, repeat('x', 100) FROM generate_series(1, 20000) AS n",
                "DELETE FROM t WHERE n % 10 > 0",
                "VACUUM ANALYZE t");
        TableStatus table = table();
        assertThat(table.bloatBytes().orElseThrow()).isGreaterThan((table.bytes() - table.indexBytes()) / 2);
        assertThat(table.indexBloatBytes().orElseThrow()).isGreaterThan(table.indexBytes() / 2);
    }

    @Test
    void whoWaitsForALockIsNamedWithThoseWhoHoldIt() throws Exception {
        run("CREATE TABLE t (n int)");
        try (Connection holder = database.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            Rows.execute(holder, "LOCK TABLE t");
            CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> {
                try {
                    run("INSERT INTO t VALUES (1)");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Eventually.holds(
                    "a session waits",
                    () -> !statistics.lockWaits(spec.database()).isEmpty());
            LockWait wait = statistics.lockWaits(spec.database()).get(0);
            assertThat(wait.table()).contains("public.t");
            assertThat(wait.mode()).isEqualTo("RowExclusiveLock");
            assertThat(wait.blockedBy()).hasSize(1).doesNotContain(wait.process());
            assertThat(statistics.database(spec.database()).orElseThrow().waitingLocks())
                    .isEqualTo(1);
            holder.rollback();
            waiter.join();
        }
        assertThat(statistics.lockWaits(spec.database())).isEmpty();
    }

    @Test
    void aDatabaseCannotPutItsOwnFunctionsIntoTheWay() throws Exception {
        run(
                "CREATE TABLE t (n int)",
                "CREATE FUNCTION public.ceil(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1/0'",
                "ALTER DATABASE " + Sql.identifier(spec.database()) + " SET search_path = public, pg_catalog");
        assertThat(table().name()).isEqualTo("t");
    }
}
