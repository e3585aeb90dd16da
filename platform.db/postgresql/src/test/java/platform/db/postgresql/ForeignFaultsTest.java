package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;

/**
 * Those faults of {@link FaultsTest} that can happen to a server which somebody else runs and starts again: whatever was acknowledged
 * is there afterwards, and the app goes on by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignFaultsTest {

    private static final DatabaseSpec APP = new DatabaseSpec("app", "app", "secret");

    private final ForeignPostgres foreign = ForeignPostgres.ofThisMachine();
    private ServedServer served;
    private Database database;
    private FaultWriter writer;

    @BeforeAll
    void open() {
        served = foreign.served();
        served.databases().createRole(APP);
        served.databases().createDatabase(APP);
        database = served.databases().open(APP);
    }

    @AfterAll
    void close() {
        database.close();
        served.close();
        foreign.close();
    }

    @BeforeEach
    void write() throws Exception {
        writer = new FaultWriter(database.dataSource());
    }

    @AfterEach
    void endWriting() throws Exception {
        writer.close();
    }

    @Test
    void theServerIsRestarted() throws Exception {
        foreign.stop();
        writer.nextFailure();
        foreign.start();
        writer.mustGoOnSince(System.nanoTime());
    }

    @Test
    void aBackendIsKilled() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            int backend = Rows.first(connection, "SELECT pg_backend_pid()", row -> row.getInt(1))
                    .orElseThrow();
            ProcessHandle.of(backend).orElseThrow().destroyForcibly();
            Eventually.holdsWithin(Duration.ofSeconds(10), "the connection is dead", () -> isDead(connection));
        }
        writer.mustGoOnSince(System.nanoTime());
    }

    private static boolean isDead(Connection connection) {
        try {
            return Rows.first(connection, "SELECT 1", row -> row.getInt(1)).isEmpty();
        } catch (SQLException e) {
            return true;
        }
    }

    @Test
    void itsAdministratorClosesAllConnections() throws Exception {
        try (Connection dba = foreign.superuser("postgres")) {
            Rows.execute(dba, "ALTER ROLE app CONNECTION LIMIT 0");
            Rows.list(
                    dba,
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = ?",
                    row -> true,
                    APP.role());
            writer.nextFailure();
            Rows.execute(dba, "ALTER ROLE app CONNECTION LIMIT -1");
        }
        writer.mustGoOnSince(System.nanoTime());
    }
}
