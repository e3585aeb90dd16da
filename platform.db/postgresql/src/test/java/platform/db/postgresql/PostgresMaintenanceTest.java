package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.MaintenanceResult;
import platform.db.api.TableStatus;

/** Vacuum and reindex on a real server. */
class PostgresMaintenanceTest {

    private static final long PLENTY = Long.MAX_VALUE;

    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final Database database = TestPostgres.databases().open(spec);
    private final List<String> progress = new ArrayList<>();
    private final PostgresMaintenance maintenance = new PostgresMaintenance(TestPostgres.sessions(), () -> PLENTY);

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

    private void makeBloat() throws Exception {
        run(
                "CREATE TABLE \"a \"\" table\" (n int PRIMARY KEY, text text) WITH (autovacuum_enabled = off)",
                "INSERT INTO \"a \"\" table\" SELECT n, repeat('x', 100) FROM generate_series(1, 20000) AS n",
                "DELETE FROM \"a \"\" table\" WHERE n % 10 > 0",
                "ANALYZE");
    }

    private TableStatus table() {
        return new PostgresStatistics(TestPostgres.sessions())
                .tables(spec.database())
                .get(0);
    }

    private void eventuallyNoDeadRows() throws Exception {
        Eventually.holds("no dead rows", () -> table().deadRows() == 0);
    }

    @Test
    void vacuumRemovesDeadRows() throws Exception {
        makeBloat();
        MaintenanceResult result = maintenance.vacuum(spec.database(), false, progress::add);
        assertThat(result.tables()).isEqualTo(1);
        assertThat(result.skipped()).isEmpty();
        assertThat(progress).contains("vacuum 1 of 1: public.a \" table");
        eventuallyNoDeadRows();
        assertThat(table().lastVacuum()).isPresent();
    }

    @Test
    void fullVacuumGivesTheRoomBack() throws Exception {
        makeBloat();
        MaintenanceResult result = maintenance.vacuum(spec.database(), true, progress::add);
        assertThat(result.bytesAfter()).isLessThan(result.bytesBefore() - 1_000_000);
    }

    @Test
    void fullVacuumSaysHowMuchRoomIsMissing() throws Exception {
        makeBloat();
        long bytes = table().bytes();
        PostgresMaintenance poor = new PostgresMaintenance(TestPostgres.sessions(), () -> 1000);
        assertThatThrownBy(() -> poor.vacuum(spec.database(), true, progress::add))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(String.format("%,d bytes are missing", bytes - 1000));
        assertThatThrownBy(() -> poor.reindex(spec.database(), true, progress::add))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("missing");
        poor.vacuum(spec.database(), false, progress::add);
    }

    /** All of them are written before the first of the old ones goes. */
    @Test
    void aReindexNeedsRoomForAllIndexesOfATable() throws Exception {
        makeBloat();
        run("CREATE INDEX ON \"a \"\" table\" (n)");
        long needed = table().indexBytes();
        PostgresMaintenance poor = new PostgresMaintenance(TestPostgres.sessions(), () -> needed - 1);
        assertThatThrownBy(() -> poor.reindex(spec.database(), true, progress::add))
                .hasMessageContaining("1 bytes are missing");
        new PostgresMaintenance(TestPostgres.sessions(), () -> needed).reindex(spec.database(), true, progress::add);
    }

    @Test
    void reindexMakesIndexesSmallAgain() throws Exception {
        makeBloat();
        maintenance.vacuum(spec.database(), false, progress::add);
        long before = table().indexBytes();
        MaintenanceResult result = maintenance.reindex(spec.database(), true, progress::add);
        assertThat(result.tables()).isEqualTo(1);
        assertThat(table().indexBytes()).isLessThan(before / 2);
        assertThat(maintenance.reindex(spec.database(), false, progress::add).skipped())
                .isEmpty();
    }

    @Test
    void aTableThatIsInUseIsSkippedAndNamed() throws Exception {
        makeBloat();
        run("CREATE TABLE free (n int)");
        try (Connection user = database.dataSource().getConnection()) {
            user.setAutoCommit(false);
            Rows.execute(user, "SELECT * FROM \"a \"\" table\" LIMIT 1");
            MaintenanceResult result = maintenance.vacuum(spec.database(), true, progress::add);
            assertThat(result.tables()).isEqualTo(1);
            assertThat(result.skipped())
                    .singleElement()
                    .asString()
                    .contains("a \" table")
                    .contains("lock timeout");
            assertThat(progress).anyMatch(line -> line.contains("waiting for a lock"));
            user.rollback();
        }
    }

    @Test
    void indexesThatACancelledReindexingHasLeftAreRemoved() throws Exception {
        makeBloat();
        run("CREATE INDEX t_ccnew ON \"a \"\" table\" (text)");
        invalidate("t_ccnew");
        maintenance.reindex(spec.database(), true, progress::add);
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(Rows.first(
                            connection, "SELECT 1 FROM pg_class WHERE relname LIKE '%ccnew%'", row -> row.getInt(1)))
                    .isEmpty();
        }
    }

    private void invalidate(String index) {
        TestPostgres.sessions().look(spec.database(), "invalidate an index", connection -> {
            Rows.execute(
                    connection,
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public." + index + "'::regclass");
            return null;
        });
    }

    @Test
    void whatAnIndexCallsDoesNotRunAsTheSuperuser() throws Exception {
        run(
                "CREATE TABLE seen (who text)",
                "CREATE TABLE trap (n int)",
                "CREATE FUNCTION spy(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN"
                        + " IF EXISTS (SELECT FROM pg_roles WHERE rolname = session_user AND rolsuper) THEN"
                        + " RAISE 'superuser'; END IF; RETURN $1; END $$",
                "INSERT INTO trap VALUES (1)",
                "CREATE INDEX ON trap (spy(n))");
        maintenance.vacuum(spec.database(), true, progress::add);
        maintenance.reindex(spec.database(), false, progress::add);
    }

    @Test
    void tidyingDoesWhatIsWorthIt() throws Exception {
        makeBloat();
        Eventually.holds("the server has counted", () -> table().deadRows() > 0);
        run("CREATE TABLE fine (n int PRIMARY KEY)", "INSERT INTO fine VALUES (1)");
        MaintenanceResult result = maintenance.tidy(spec.database(), Duration.ofMinutes(1), progress::add);
        assertThat(result.tables()).isEqualTo(1);
        assertThat(progress).containsExactly("vacuum: public.a \" table");
        eventuallyNoDeadRows();
        assertThat(maintenance
                        .tidy(spec.database(), Duration.ofMinutes(1), progress::add)
                        .tables())
                .isZero();
    }

    @Test
    void tidyingBeginsNothingAfterItsTime() throws Exception {
        makeBloat();
        assertThat(maintenance
                        .tidy(spec.database(), Duration.ofNanos(1), progress::add)
                        .tables())
                .isZero();
    }
}
