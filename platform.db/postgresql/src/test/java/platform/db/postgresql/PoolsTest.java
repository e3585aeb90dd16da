package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;

/** What a pool holds. */
class PoolsTest {

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
            Eventually.holds("no connection after opening", () -> connections(watch, spec) == 0);
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
    void aLeakedConnectionIsNamedWithTheStackThatBorrowedIt() throws Exception {
        DatabaseSpec spec = TestPostgres.newDatabase();
        int port = TestPostgres.port();
        PrintStream error = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (Pools pools = new Pools(Duration.ofSeconds(2));
                HikariDataSource pool =
                        pools.open(new LoginSource(new Login(port, spec.database(), spec.role(), spec.password())));
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
