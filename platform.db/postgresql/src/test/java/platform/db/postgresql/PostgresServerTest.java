package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;

/** The life of the server process: each test has a data folder of its own. */
class PostgresServerTest {

    private static final DatabaseSpec SPEC = new DatabaseSpec("d", "r", "it's \\ secret");

    private Path data;

    @BeforeEach
    void makeFolder() throws IOException {
        data = Folders.make(TestPostgres.newFolder().resolve("it's a \\ folder"), "rwx--x--x");
    }

    @AfterEach
    void deleteFolder() {
        TestPostgres.delete(data.getParent());
    }

    @Test
    void dataOutlivesTheServer() throws Exception {
        try (PostgresServer server = started();
                PostgresDatabases databases = withTable(server)) {
            assertThat(databases.databases()).containsExactly("d");
        }
        assertThat(postmasters()).isEmpty();
        try (PostgresServer server = started();
                PostgresDatabases databases = new PostgresDatabases(server);
                Database database = databases.open(SPEC)) {
            assertThat(number(database)).isEqualTo(42);
        }
    }

    @Test
    void secretsAreReadByThePlatformsUserOnly() throws Exception {
        try (PostgresServer server = started();
                PostgresDatabases databases = withTable(server)) {
            Path secret = TestPostgres.folders(data).secret();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.getParent())))
                    .isEqualTo("rwx------");
            assertThat(databases.roles()).containsExactly("r");
            assertThat(allTextBelow(data.resolve("logs")))
                    .contains("ready to accept")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aServerThatIsKilledComesBackAndItsPoolsRecover() throws Exception {
        try (PostgresServer server = started();
                PostgresDatabases databases = withTable(server);
                Database database = databases.open(SPEC)) {
            assertThat(number(database)).isEqualTo(42);
            ProcessHandle first = ProcessHandle.of(server.pid()).orElseThrow();
            first.destroyForcibly();
            first.onExit().get(10, TimeUnit.SECONDS);
            Eventually.holds("another server", () -> server.pid() != first.pid());
            Eventually.holds("the pool works", () -> number(database) == 42);
            assertThat(databases.databases()).containsExactly("d");
            assertThat(postmasters()).hasSize(1);
        }
    }

    @Test
    void aBorrowerIsNotKeptWaitingWhileTheServerIsAway() throws Exception {
        PostgresServer server = started();
        try (PostgresDatabases databases = withTable(server);
                Database database = databases.open(SPEC)) {
            server.close();
            long start = System.nanoTime();
            // What was used a moment ago is handed out untested, and fails when it is used. The pool's usual patience
            // would be 30 s each time.
            assertThat(number(database)).isZero();
            assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> databases.open(SPEC)).isInstanceOf(DatabaseException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aServerThatWasLeftBehindIsStoppedBeforeTheNextStarts() throws Exception {
        try (PostgresServer first = started()) {
            withTable(first).close();
        }
        PostgresCluster cluster = PostgresCluster.prepare(TestPostgres.folders(data), TestPostgres.SETTINGS);
        Postmaster leftover = Postmaster.launch(cluster, PostgresServer.freePort());
        // A server that is still starting ends with another status when it is told to stop.
        Eventually.holds(
                "its being ready", () -> isReady(TestPostgres.folders(data).pidFile()));
        try (PostgresServer next = started();
                PostgresDatabases databases = new PostgresDatabases(next);
                Database database = databases.open(SPEC)) {
            assertThat(leftover.waitFor()).isZero();
            assertThat(postmasters()).containsExactly(next.pid());
            assertThat(number(database)).isEqualTo(42);
        }
    }

    private static boolean isReady(Path pidFile) throws IOException {
        return Files.exists(pidFile) && Files.readString(pidFile).contains("ready");
    }

    @Test
    void aKilledPlatformsServerEndsByItself() throws Exception {
        Process platform = platform();
        // Until it has handlers of its own it ignores SIGINT where whoever runs this does, as a shell's background jobs
        // do.
        Eventually.holds(
                "the platform's server",
                () -> Files.exists(TestPostgres.folders(data).pidFile()));
        long leftover = postmasters().get(0);
        platform.destroyForcibly().waitFor();
        Eventually.holds("its end", () -> !postmasters().contains(leftover));
    }

    @Test
    void aKilledPlatformCanBeStartedAtOnce() throws Exception {
        Process platform = platform();
        Eventually.holds("the platform's server", () -> !postmasters().isEmpty());
        platform.destroyForcibly().waitFor();
        try (PostgresServer next = started()) {
            assertThat(postmasters()).containsExactly(next.pid());
        }
    }

    @Test
    void aStrangerWithTheOldProcessNumberIsNoObstacle() throws Exception {
        started().close();
        Process stranger = asServer("sleep", "60");
        try {
            leavePidFile(stranger.pid());
            try (PostgresServer server = started()) {
                assertThat(postmasters()).containsExactly(server.pid());
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aZombieIsNoObstacle() throws Exception {
        started().close();
        // The second program takes the place of the shell before its child ends, and knows nothing of that child.
        Process parent = asServer("sh", "-c", "sleep 1 & echo $!; exec sleep 60");
        try (BufferedReader output = parent.inputReader()) {
            long zombie = Long.parseLong(output.readLine());
            Path state = Path.of("/proc", Long.toString(zombie), "stat");
            Eventually.holds("a zombie", () -> Files.readString(state).contains(") Z "));
            leavePidFile(zombie);
            try (PostgresServer server = started()) {
                assertThat(postmasters()).containsExactly(server.pid());
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    private Process asServer(String... command) throws IOException {
        ServerUser user = ServerUser.of(TestPostgres.folders(data).cluster());
        return Command.builder(user.command(List.of(command))).start();
    }

    private void leavePidFile(long pid) throws IOException {
        PostgresFolders folders = TestPostgres.folders(data);
        Files.writeString(folders.pidFile(), pid + "\n" + folders.cluster() + "\n1\n1\n\n127.0.0.1\n 1 1\nready\n");
        ServerUser.of(folders.cluster()).own(folders.pidFile());
    }

    @Test
    void anInterruptedInitdbLeavesNothingBehind() throws Exception {
        Path half = Folders.make(data.resolve("pgsql").resolve("initdb-123"), "rwx------");
        Files.writeString(half.resolve("PG_VERSION"), "15\n");
        try (PostgresServer server = started()) {
            assertThat(server.port()).isPositive();
            try (Stream<Path> left = Files.list(half.getParent())) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("data", "pg_hba.conf", "postgresql.conf", "settings", "start.log");
            }
        }
    }

    @Test
    void aFolderThatTheServersUserCannotEnterIsNamed() throws Exception {
        assumeThat(ServerUser.of(data).prefix()).as("the platform is root").isNotEmpty();
        Path bar = Folders.make(data.resolve("barred"), "rwx------");
        Path inside = Folders.make(bar.resolve("data"), "rwxr-xr-x");
        assertThatThrownBy(() -> TestPostgres.newServer(inside))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot enter the folder " + bar + ":")
                .hasMessageContaining("chmod o+x");
    }

    @Test
    void aFolderOfAnotherVersionIsRefused() throws Exception {
        started().close();
        Files.writeString(TestPostgres.folders(data).cluster().resolve("PG_VERSION"), "14\n");
        assertThatThrownBy(() -> TestPostgres.newServer(data))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 14")
                .hasMessageContaining("version 15")
                .hasMessageContaining("pgsql/bin-14")
                .hasMessageContaining("db:upgrade");
    }

    /** Of a platform that was killed in that moment: the file with its number is still to come. */
    @Test
    void aServerThatHasJustBegunIsNotInTheWayOfTheNext() throws Exception {
        started().close();
        String cluster = TestPostgres.folders(data).cluster().toString();
        Process begun = new ProcessBuilder("sh", "-c", "read line", "/usr/bin/postgres", "-D", cluster).start();
        try (PostgresServer next = started()) {
            assertThat(begun.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(postmasters()).containsExactly(next.pid());
        } finally {
            begun.destroyForcibly();
        }
    }

    @Test
    void aServerThatDoesNotStartSaysWhy() throws Exception {
        started().close();
        Files.delete(TestPostgres.folders(data).cluster().resolve("global").resolve("pg_control"));
        try (PostgresServer server = TestPostgres.newServer(data)) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("could not find the database system");
        }
        assertThat(postmasters()).isEmpty();
    }

    private PostgresServer started() {
        PostgresServer server = TestPostgres.newServer(data);
        server.start();
        return server;
    }

    private static PostgresDatabases withTable(PostgresServer server) throws SQLException {
        PostgresDatabases databases = new PostgresDatabases(server);
        databases.createRole(SPEC);
        databases.createDatabase(SPEC);
        try (Database database = databases.open(SPEC);
                Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("CREATE TABLE t AS SELECT 42 AS x");
        }
        return databases;
    }

    /** 0 while the server is away. */
    private static int number(Database database) {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT x FROM t")) {
            return row.next() ? row.getInt(1) : -1;
        } catch (SQLException e) {
            return 0;
        }
    }

    /** A process that runs a server in our folder, as a platform does. */
    private Process platform() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestPlatform.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<Long> postmasters() {
        return ProcessHandle.allProcesses()
                .filter(this::runsInOurFolder)
                // A child looks like its postmaster until it has set its title.
                .filter(process ->
                        process.parent().filter(this::runsInOurFolder).isEmpty())
                .map(ProcessHandle::pid)
                .toList();
    }

    private boolean runsInOurFolder(ProcessHandle process) {
        String cluster = TestPostgres.folders(data).cluster().toString();
        return process.info().command().orElse("").endsWith("/postgres")
                && List.of(process.info().arguments().orElse(new String[0])).contains(cluster);
    }

    private static String allTextBelow(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
