package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;
import platform.db.api.SqlRequest;

/**
 * What can happen to a server while an app writes: whatever was acknowledged is there afterwards, and the app goes on by
 * itself within five seconds of the cause being gone. What can be there before a start is in {@link PostgresServerTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

    private static final DatabaseSpec APP = new DatabaseSpec("app", "app", "secret");
    private static final DatabaseSpec GREEDY = new DatabaseSpec("greedy", "greedy", "secret");
    private static final DatabaseSpec EXEMPT = new DatabaseSpec("exempt", "exempt", "secret");

    /** Longer than it takes for every pause between two attempts to have become the longest. */
    private static final Duration LONG = Duration.ofSeconds(6);

    private final Path data = TestPostgres.newFolder();
    private final PostgresServer server = new PostgresServer(TestPostgres.folders(data), settings());
    private PostgresDatabases databases;
    private Database database;
    private FaultWriter writer;

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestPostgres.SETTINGS);
        settings.put("max_connections", "30");
        return settings;
    }

    @BeforeAll
    void start() {
        server.start();
        databases = new PostgresDatabases(server);
        for (DatabaseSpec spec : List.of(APP, GREEDY, EXEMPT)) {
            databases.createRole(spec);
            databases.createDatabase(spec);
        }
        database = databases.open(APP);
    }

    @AfterAll
    void stop() {
        database.close();
        databases.close();
        server.close();
        TestPostgres.delete(data);
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
    void thePostmasterIsKilled() throws Exception {
        writer.mustGoOnSince(killPostmaster());
    }

    private long killPostmaster() throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
        return System.nanoTime();
    }

    @Test
    void aBackendIsKilledInMidTransaction() throws Exception {
        long gone = 0;
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Rows.execute(connection, "INSERT INTO log VALUES (-1)");
            int backend = Rows.first(connection, "SELECT pg_backend_pid()", row -> row.getInt(1))
                    .orElseThrow();
            ProcessHandle.of(backend).orElseThrow().destroyForcibly();
            gone = System.nanoTime();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        } catch (SQLException e) {
            throw new AssertionError("A dead connection can be given back", e);
        }
        writer.mustGoOnSince(gone);
        assertThat(count("n = -1")).as("what was never committed").isZero();
    }

    private long count(String where) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return Rows.first(connection, "SELECT count(*) FROM log WHERE " + where, row -> row.getLong(1))
                    .orElseThrow();
        }
    }

    @Test
    void theFolderIsReadOnlyForAWhile() throws Exception {
        Path cluster = TestPostgres.folders(data).cluster();
        setWritable(cluster, false);
        killPostmaster();
        writer.nextFailure();
        LockSupport.parkNanos(LONG.toNanos());
        setWritable(cluster, true);
        writer.mustGoOnSince(System.nanoTime());
    }

    /** For the server's user, who is never root. */
    private static void setWritable(Path folder, boolean writable) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> !Files.isSymbolicLink(path)).toList();
        }
        for (Path path : paths) {
            if (Files.exists(path)) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
                permissions.remove(PosixFilePermission.OWNER_WRITE);
                if (writable) {
                    permissions.add(PosixFilePermission.OWNER_WRITE);
                }
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    @Test
    void thePortIsTakenByAnotherWhenTheServerComesBack() throws Exception {
        try (ServerSocket other = takePort()) {
            assertThat(other.isBound()).isTrue();
            writer.nextFailure();
            LockSupport.parkNanos(LONG.toNanos());
        }
        writer.mustGoOnSince(System.nanoTime());
    }

    /** In the moment between two postmasters. */
    private ServerSocket takePort() throws Exception {
        while (true) {
            killPostmaster();
            try {
                return new ServerSocket(server.port(), 50, InetAddress.getByName("127.0.0.1"));
            } catch (IOException e) {
                Eventually.holds(
                        "the server, which was faster",
                        () -> ProcessHandle.of(server.pid()).isPresent());
            }
        }
    }

    @Test
    void anotherTakesAllConnections() throws Exception {
        Deque<Connection> taken = new ArrayDeque<>();
        Login greedy = new Login(server.port(), GREEDY.database(), GREEDY.role(), GREEDY.password());
        assertThatThrownBy(() -> {
                    while (true) {
                        taken.push(greedy.dataSource().getConnection());
                    }
                })
                .hasMessageContaining("connection");
        assertThatThrownBy(() -> databases.open(EXEMPT)).hasMessageContaining("connection");
        assertThat(databases.databases()).as("the platform's own is reserved").contains("app");
        for (Connection each : taken) {
            each.close();
        }
        writer.mustGoOnSince(System.nanoTime());
        databases.open(EXEMPT).close();
    }

    @Test
    void theDiskIsFull() throws Exception {
        Sessions sessions = new Sessions(server);
        ReadOnlyMode mode = new ReadOnlyMode(sessions, TestPostgres.folders(data), Runnable::run);
        optOut(EXEMPT);
        try (Database exempt = databases.open(EXEMPT);
                Connection open = database.dataSource().getConnection()) {
            open.setAutoCommit(false);
            Rows.execute(open, "INSERT INTO log VALUES (-3)");

            mode.looked(at(DiskLevel.FULL));

            assertThatThrownBy(open::commit)
                    .as("a transaction that has written")
                    .isInstanceOf(SQLException.class);
            Eventually.holds("a refusal", () -> isReadOnly(writer.nextFailure()));
            assertThat(count("n >= 0")).as("reading goes on").isPositive();
            mayWrite(exempt);
            mayAdminister(sessions);
            killPostmaster();
            Eventually.holds("the server, which is read-only still", () -> isReadOnly(writer.nextFailure()));
        }
        mode.looked(at(DiskLevel.VERY_LOW));
        writer.mustGoOnSince(System.nanoTime());
        assertThat(count("n = -3")).isZero();
    }

    private static DiskStatus at(DiskLevel level) {
        return new DiskStatus(level, 0, 0, 0, 0, 0, 0, 0);
    }

    private void optOut(DatabaseSpec spec) throws SQLException {
        try (Database its = databases.open(spec);
                Connection connection = its.dataSource().getConnection()) {
            Rows.execute(connection, "ALTER ROLE CURRENT_USER SET default_transaction_read_only = off");
        }
    }

    private static boolean isReadOnly(SQLException failure) {
        return "25006".equals(failure.getSQLState());
    }

    private static void mayWrite(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, "CREATE TABLE IF NOT EXISTS t (n int)");
        }
    }

    /** What makes room. */
    private void mayAdminister(Sessions sessions) {
        SqlRequest delete =
                new SqlRequest(APP.database(), "DELETE FROM log WHERE n < 0", true, Duration.ofSeconds(10), 1);
        assertThat(new PostgresConsole(sessions).run(delete).changed()).contains(0L);
        assertThat(new PostgresMaintenance(sessions, () -> Long.MAX_VALUE)
                        .vacuum(APP.database(), true, step -> {})
                        .tables())
                .isPositive();
        databases.dropDatabase(GREEDY.database());
        databases.createDatabase(GREEDY);
    }

    @Test
    void theClockJumps() throws Exception {
        Path folder = TestPostgres.newFolder();
        SetTime time = new SetTime(folder);
        try (PostgresServer other = new PostgresServer(time.folders(), TestPostgres.SETTINGS)) {
            other.start();
            try (PostgresDatabases its = new PostgresDatabases(other)) {
                its.createRole(APP);
                its.createDatabase(APP);
                try (Database base = its.open(APP);
                        FaultWriter app = new FaultWriter(base.dataSource())) {
                    for (String offset : List.of("-400d", "+400d", "+0")) {
                        time.set(offset);
                        assertThat(day(base)).isEqualTo(SetTime.day(offset));
                        app.mustGoOnSince(System.nanoTime());
                    }
                }
            }
        } finally {
            TestPostgres.delete(folder);
        }
    }

    private static LocalDate day(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return Rows.first(
                            connection,
                            "SELECT clock_timestamp()::date::text",
                            row -> LocalDate.parse(row.getString(1)))
                    .orElseThrow();
        }
    }
}
