package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.UpgradePlan;

/** A real upgrade from the platform's own version to a newer one. */
class PostgresUpgradeTest {

    private static final Path JAR = Path.of("target", "newer", "postgresql.jar").toAbsolutePath();

    /** Made once: what is to be upgraded, and the newer binaries unpacked. */
    private static final Path TEMPLATE = TestPostgres.newFolder();

    private static final Path FULL = TEMPLATE.resolve("full");
    private static Path newer;

    private static final DatabaseSpec ACME = new DatabaseSpec("it's \\ \"acme\"", "acme=", "secret");
    private static final DatabaseSpec OTHER = new DatabaseSpec("other", "other", "secret, too");

    private Path data;
    private PostgresServer server;
    private PostgresDatabases databases;
    private long free = Long.MAX_VALUE;

    @BeforeAll
    static void make() throws Exception {
        assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
        Folders.make(FULL, "rwx--x--x");
        try (PostgresServer server = TestPostgres.newServer(FULL)) {
            server.start();
            try (PostgresDatabases databases = new PostgresDatabases(server)) {
                for (DatabaseSpec spec : List.of(ACME, OTHER)) {
                    databases.createRole(spec);
                    databases.createDatabase(spec);
                }
                fill(server, databases);
            }
        }
        newer = TEMPLATE.resolve("newer");
        Files.move(
                new PostgresVersions(TestPostgres.folders(FULL)).take(JAR, "15").home(), newer);
    }

    @AfterAll
    static void delete() {
        TestPostgres.delete(TEMPLATE);
    }

    @BeforeEach
    void start() {
        data = TestPostgres.newFolder();
        assertThat(Command.run(List.of("cp", "-a", FULL + "/.", data.toString()))
                        .ok())
                .isTrue();
        startServer();
    }

    private void startServer() {
        server = TestPostgres.newServer(data);
        server.start();
        databases = new PostgresDatabases(server);
    }

    private void stopServer() {
        databases.close();
        server.close();
    }

    @AfterEach
    void stop() {
        stopServer();
        TestPostgres.delete(data);
    }

    private PostgresFolders folders() {
        return TestPostgres.folders(data);
    }

    private PostgresUpgrade upgrade() {
        return new PostgresUpgrade(server, Clock.systemDefaultZone(), () -> free);
    }

    private static void fill(PostgresServer server, PostgresDatabases databases) throws SQLException {
        PostgresExtensions extensions =
                new PostgresExtensions(new Sessions(server), () -> Set.of("pageinspect", "file_fdw"));
        extensions.create(ACME.database(), "pageinspect");
        extensions.create(ACME.database(), "file_fdw");
        try (Database database = databases.open(ACME);
                Connection connection = database.dataSource().getConnection()) {
            for (String sql : List.of(
                    "CREATE EXTENSION hstore",
                    "CREATE SCHEMA \"Mine\"",
                    "CREATE TABLE \"Mine\".\"Odd table\" (id bigserial PRIMARY KEY, x hstore, y text NOT NULL)",
                    "INSERT INTO \"Mine\".\"Odd table\" (x, y) SELECT 'a=>1', 'é' || n FROM generate_series(1, 1000) n",
                    "CREATE MATERIALIZED VIEW seen AS SELECT count(*) AS n FROM \"Mine\".\"Odd table\"",
                    "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n'",
                    "CREATE INDEX ON \"Mine\".\"Odd table\" (twice(id::int))",
                    "SELECT lo_from_bytea(0, 'large')",
                    "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                    "CREATE TYPE mood AS ENUM ('happy')",
                    "CREATE CAST (text AS mood) WITH INOUT",
                    "COMMENT ON TABLE \"Mine\".\"Odd table\" IS 'a comment'",
                    "ALTER ROLE \"acme=\" SET search_path = \"Mine\", public",
                    "ALTER DATABASE \"it's \\ \"\"acme\"\"\" SET default_transaction_read_only = on")) {
                Rows.execute(connection, sql);
            }
        }
        // What is in a condition would run with the rights of whoever restores it.
        try (Database database = databases.open(OTHER);
                Connection connection = database.dataSource().getConnection()) {
            Rows.execute(
                    connection,
                    "CREATE FUNCTION trap() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RESET ROLE; ALTER ROLE other"
                            + " SUPERUSER; RETURN true; EXCEPTION WHEN insufficient_privilege THEN RETURN true; END'");
            Rows.execute(connection, "CREATE TABLE trapped (x int CHECK (public.trap()))");
            Rows.execute(connection, "INSERT INTO trapped VALUES (1)");
        }
        try (Connection connection = server.superuser().getConnection()) {
            Rows.execute(connection, "ALTER ROLE other CONNECTION LIMIT 7");
            Rows.execute(connection, "ALTER SYSTEM SET work_mem = '5MB'");
            // A spare one that has an app's schema: it stays behind.
            Rows.execute(connection, "CREATE ROLE \"platform ready 0\"");
            Rows.execute(connection, "ALTER ROLE \"platform ready 0\" SET statement_timeout = '15min'");
            Rows.execute(
                    connection,
                    "CREATE DATABASE \"platform ready 0\" OWNER \"platform ready 0\" ALLOW_CONNECTIONS false");
        }
    }

    private Optional<String> ask(DatabaseSpec spec, String sql) throws SQLException {
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection()) {
            return Rows.first(connection, sql, row -> row.getString(1));
        }
    }

    private void everythingIsThere() throws SQLException {
        assertThat(ask(ACME, "SELECT count(*) || y FROM \"Mine\".\"Odd table\" WHERE y = 'é7' GROUP BY y"))
                .contains("1é7");
        assertThat(ask(ACME, "SELECT n FROM public.seen")).contains("1000");
        assertThat(ask(ACME, "SELECT obj_description('\"Mine\".\"Odd table\"'::regclass)"))
                .contains("a comment");
        assertThat(ask(ACME, "SHOW search_path")).contains("\"Mine\", public");
        assertThat(ask(ACME, "SHOW default_transaction_read_only")).contains("on");
        assertThat(ask(ACME, "SELECT convert_from(lo_get(oid), 'UTF8') FROM pg_largeobject_metadata"))
                .contains("large");
        assertThat(ask(ACME, "SELECT nextval('\"Mine\".\"Odd table_id_seq\"') WHERE false"))
                .isEmpty();
        assertThat(ask(ACME, "SELECT count(*)::text FROM pg_extension WHERE extname IN ('hstore', 'pageinspect')"))
                .contains("2");
        assertThat(ask(OTHER, "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'other'"))
                .contains("7");
        assertThat(ask(OTHER, "SELECT rolsuper FROM pg_roles WHERE rolname = 'other'"))
                .contains("f");
        assertThat(ask(OTHER, "SELECT x FROM trapped")).contains("1");
        assertThat(ask(OTHER, "SHOW work_mem")).contains("5MB");
        assertThat(databases.databases()).containsExactlyInAnyOrder(ACME.database(), OTHER.database());
        assertThatThrownBy(() -> new Login(server.port(), ACME.database(), OTHER.role(), OTHER.password())
                        .dataSource()
                        .getConnection())
                .hasMessageContaining("permission denied");
    }

    private Optional<String> number() throws SQLException {
        return ask(OTHER, "SELECT oid || ' ' || datname FROM pg_database WHERE datname = 'other'");
    }

    @Test
    void everythingComesAlongAndCanGoBack() throws Exception {
        anUpgradeThatFailsLeavesTheFormerServerRunning();
        Optional<String> number = number();
        int port = server.port();
        List<String> steps = new ArrayList<>();
        try (Database open = databases.open(OTHER)) {
            assertThat(upgrade().upgrade(Optional.of(newer), steps::add).databases())
                    .isEqualTo(2);
            try (Connection connection = open.dataSource().getConnection()) {
                assertThat(Rows.first(connection, "SHOW server_version_num", row -> row.getString(1)))
                        .hasValueSatisfying(version -> assertThat(version).startsWith("18"));
            }
        }
        assertThat(server.port()).isEqualTo(port);
        assertThat(steps).anyMatch(step -> step.startsWith("Copying the database 2 of 2: other"));
        everythingIsThere();
        assertThat(ask(OTHER, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'platform ready %'"))
                .isEmpty();
        assertThat(number()).isEqualTo(number);
        assertThat(upgrade().keptUntil()).isPresent();
        try (Database database = databases.open(OTHER);
                Connection connection = database.dataSource().getConnection()) {
            Rows.execute(connection, "CREATE TABLE later (x int)");
        }
        databases.changeOwnPassword();

        stopServer();
        startServer();
        everythingIsThere();
        assertThatThrownBy(() -> upgrade().plan(Optional.of(newer)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer major version");

        assertThat(upgrade().rollBackAtNextStart()).startsWith("15");
        stopServer();
        new ClusterSwitch(folders(), Clock.systemDefaultZone()).finish();
        startServer();
        everythingIsThere();
        assertThat(server.cluster().binaries().major()).isEqualTo("15");
        assertThat(ask(OTHER, "SELECT to_regclass('later') IS NULL")).contains("t");
    }

    private void anUpgradeThatFailsLeavesTheFormerServerRunning() throws SQLException {
        assertThatThrownBy(() -> upgrade().upgrade(Optional.of(newer), step -> {
                    if (step.startsWith("Copying the database 1")) {
                        throw new DatabaseException("it cannot be copied");
                    }
                }))
                .hasMessageContaining("it cannot be copied");
        everythingIsThere();
        assertThat(server.cluster().binaries().major()).isEqualTo("15");
        assertThat(folders().home().resolve("upgrade")).doesNotExist();
        assertThat(upgrade().keptUntil()).isEmpty();
    }

    @Test
    void whatIsInTheWayIsSaidAndNothingIsDone() throws Exception {
        free = 1000;
        try (Connection connection = server.superuser().connectTo("postgres")) {
            Rows.execute(connection, "CREATE TABLE public.stray (x int)");
        }
        try (Connection connection = server.superuser().connectTo("other")) {
            Rows.execute(connection, "CREATE ROLE stranger");
            Rows.execute(connection, "CREATE SCHEMA theirs AUTHORIZATION stranger");
        }
        UpgradePlan plan = upgrade().plan(Optional.of(newer));
        assertThat(plan.from()).isEqualTo("15");
        assertThat(plan.to()).startsWith("18");
        assertThat(plan.obstacles())
                .anyMatch(it -> it.contains("bytes are missing"))
                .anyMatch(it -> it.contains("'postgres' has tables"))
                .anyMatch(it -> it.contains("'other'") && it.contains("'stranger'"));
        assertThat(plan.warnings()).singleElement().asString().contains("pg_dump", "18", "www.postgresql.org");
        long pid = server.pid();
        assertThatThrownBy(() -> upgrade().upgrade(Optional.of(newer), step -> {}))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("cannot be upgraded")
                .hasMessageContaining("bytes are missing");
        assertThat(server.pid()).isEqualTo(pid);

        assertThatThrownBy(() -> upgrade().plan(Optional.empty())).hasMessageContaining("the platform brings");
        assertThatThrownBy(() -> upgrade().plan(Optional.of(data))).hasMessageContaining("bin/postgres");
        assertThatThrownBy(() -> upgrade().rollBackAtNextStart()).hasMessageContaining("no upgrade to take back");
    }

    /** The steps between the two renames are in {@link ClusterSwitchTest}. */
    @ParameterizedTest
    @ValueSource(strings = {"Copying the database 2", "PostgreSQL 18"})
    void killedAtAnyStepTheNextStartHasTheOldOrTheNewWhole(String step) throws Exception {
        stopServer();
        assertThat(killedAt(step)).isEqualTo(9);

        new ClusterSwitch(folders(), Clock.systemDefaultZone()).finish();
        startServer();

        everythingIsThere();
        assertThat(server.cluster().binaries().major()).isEqualTo(step.startsWith("PostgreSQL") ? "18" : "15");
        assertThat(folders().home().resolve("upgrade")).doesNotExist();
    }

    private int killedAt(String step) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestUpgrade.class.getName(),
                        data.toString(),
                        newer.toString(),
                        step)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    @Test
    void binariesComeFromAJarOrAFolder() {
        PostgresVersions versions = new PostgresVersions(folders());
        PostgresVersions.Runnable unpacked = versions.take(JAR, "15");
        assertThat(unpacked.home())
                .isEqualTo(folders().home().resolve("bin-18"))
                .isDirectory()
                .matches(home -> !Files.isSymbolicLink(home));

        PostgresVersions.Runnable linked = versions.take(newer, "15");
        assertThat(linked.home()).isEqualTo(unpacked.home()).isSymbolicLink();
        assertThat(versions.ofMajor("18").version()).isEqualTo(unpacked.version());
        // Those that run are not touched.
        assertThat(versions.take(newer, "18").home()).isEqualTo(newer);
        assertThatThrownBy(() -> versions.take(folders().secret(), "15")).isInstanceOf(DatabaseException.class);
    }
}
