package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Dump;
import platform.db.api.Quota;
import platform.db.api.QuotaState;
import platform.db.api.SqlRequest;

/**
 * What the platform does on a server where it is no superuser: this machine's own PostgreSQL, and one of a version since
 * which such a login needs more to do with the roles that it has made.
 */
class ExternalServerTest {

    private static final Path NEWER =
            Path.of("target", "newer", "postgresql.jar").toAbsolutePath();
    private static final Map<Integer, ForeignPostgres> FOREIGN = new LinkedHashMap<>();
    private static final Map<Integer, ServedServer> SERVED = new LinkedHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Path binaries;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        binaries = TestPostgres.newFolder();
        Folders.make(TestPostgres.folders(binaries).home(), "rwx--x--x");
        Path newer = new PostgresVersions(TestPostgres.folders(binaries))
                .take(NEWER, "15")
                .home();
        FOREIGN.put(15, ForeignPostgres.ofThisMachine());
        FOREIGN.put(18, ForeignPostgres.of(newer.resolve("bin")));
        FOREIGN.forEach((version, foreign) -> SERVED.put(version, foreign.served()));
    }

    @AfterAll
    static void stop() {
        SERVED.values().forEach(ServedServer::close);
        FOREIGN.values().forEach(ForeignPostgres::close);
        TestPostgres.delete(binaries);
    }

    private static DatabaseSpec newDatabase(ServedServer served) {
        String name = "far " + NUMBER.incrementAndGet();
        DatabaseSpec spec = new DatabaseSpec(name, name, "password of " + name);
        served.databases().createRole(spec);
        served.databases().createDatabase(spec);
        return spec;
    }

    private static String run(ServedServer served, DatabaseSpec spec, String... statements) throws SQLException {
        try (Database database = served.databases().open(spec);
                Connection connection = database.dataSource().getConnection()) {
            for (int i = 0; i < statements.length - 1; i++) {
                Rows.execute(connection, statements[i]);
            }
            return Rows.first(connection, statements[statements.length - 1], row -> row.getString(1))
                    .orElse(null);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void aDatabaseIsMadeOpenedGuardedAndDropped(int version) throws Exception {
        ServedServer served = SERVED.get(version);
        assertThat(served.server().major()).isEqualTo(version);
        assertThat(served.server().isSuperuser()).isFalse();
        DatabaseSpec acme = newDatabase(served);
        DatabaseSpec other = newDatabase(served);
        assertThat(run(served, acme, "CREATE TABLE t AS SELECT 7 AS x", "SELECT x FROM t"))
                .isEqualTo("7");
        assertThat(run(served, acme, "CREATE EXTENSION pgcrypto", "SELECT current_user"))
                .isEqualTo(acme.role());
        assertThat(served.databases().databases()).contains(acme.database(), other.database());
        assertThat(served.databases().roles()).contains(acme.role()).doesNotContain(ForeignPostgres.ADMINISTRATOR);
        assertThatThrownBy(
                        () -> served.databases().open(new DatabaseSpec(other.database(), acme.role(), acme.password())))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("permission denied");

        try (Database open = served.databases().open(acme);
                Connection held = open.dataSource().getConnection()) {
            DatabaseSpec changed = new DatabaseSpec(acme.database(), acme.role(), "another");
            served.databases().changePassword(changed);
            assertThat(Rows.first(held, "SELECT 1", row -> row.getInt(1))).contains(1);
            assertThat(run(served, changed, "SELECT 1")).isEqualTo("1");
            served.databases().dropDatabase(acme.database());
            served.databases().dropRole(acme.role());
        }
        assertThat(served.databases().databases()).doesNotContain(acme.database());
        assertThat(served.databases().roles()).doesNotContain(acme.role());
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void aSpareDatabaseIsMadeAndTaken(int version) throws Exception {
        ServedServer served = SERVED.get(version);
        served.databases().configure(PoolSettings.DEFAULT, 1);
        Eventually.holds(
                "there is a spare database",
                () -> served.sessions()
                        .administer(
                                "count",
                                connection -> Rows.first(
                                        connection,
                                        "SELECT 1 FROM pg_database WHERE starts_with(datname, 'platform ready') AND NOT datallowconn",
                                        row -> 1))
                        .isPresent());
        DatabaseSpec spec = newDatabase(served);
        assertThat(run(served, spec, "SELECT current_database()")).isEqualTo(spec.database());
    }

    /** The tools are this machine's, and no newer than its server. */
    @Test
    void aDumpIsPutInThePlaceOfADatabase() throws Exception {
        ServedServer served = SERVED.get(15);
        DatabaseSpec spec = newDatabase(served);
        run(served, spec, "CREATE TABLE t AS SELECT generate_series(1, 1000) AS x", "SELECT 1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, Long> rows;
        try (Dump dump = served.dumps().begin(spec.database())) {
            rows = dump.writeTo(out);
        }
        String spare = served.spares().create(spec.role());
        served.dumps().restore(spare, spec.role(), new ByteArrayInputStream(out.toByteArray()));
        assertThat(served.dumps().rows(spare)).isEqualTo(rows).containsEntry("public.t", 1000L);
        String kept = served.spares().keptName(Instant.now());
        run(served, spec, "DELETE FROM t", "SELECT 1");
        served.spares().replace(spec.database(), spare, kept);
        assertThat(run(served, spec, "SELECT count(*) FROM t")).isEqualTo("1000");
        assertThat(served.spares().kept()).contains(kept);
        served.spares().dropExpired(Instant.now().plusSeconds(1));
        assertThat(served.spares().exists(kept)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void quotasHoldAsFarAsTheyCanBe(int version) throws Exception {
        ServedServer served = SERVED.get(version);
        DatabaseSpec spec = newDatabase(served);
        Quota quota = new Quota(
                Optional.of(1),
                Optional.of(Duration.ofSeconds(70)),
                Optional.empty(),
                Optional.of(1_000_000L),
                Optional.empty(),
                Optional.of(9_000_000L));
        served.quotas().apply(Map.of(spec.database(), quota));
        assertThat(run(served, spec, "SHOW statement_timeout")).isEqualTo("70s");
        run(served, spec, "CREATE TABLE t AS SELECT repeat('x', 100) FROM generate_series(1, 30000)", "SELECT 1");
        assertThat(served.quotas().check()).extracting(QuotaState::closed).containsExactly(true);
        assertThatThrownBy(() -> run(served, spec, "INSERT INTO t VALUES ('y')", "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        assertThat(served.quotas().use(spec.database()).bytes()).isGreaterThan(9_000_000);
        served.quotas().apply(Map.of(spec.database(), Quota.NONE));
        served.quotas().check();
        run(served, spec, "INSERT INTO t VALUES ('y')", "SELECT 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void aDatabaseIsLookedAfterAndAskedBySql(int version) throws Exception {
        ServedServer served = SERVED.get(version);
        DatabaseSpec spec = newDatabase(served);
        run(
                served,
                spec,
                "CREATE TABLE t AS SELECT i AS x FROM generate_series(1, 5000) i",
                "CREATE INDEX ON t (x)",
                "SELECT 1");
        assertThat(served.maintenance()
                        .vacuum(spec.database(), true, step -> {})
                        .skipped())
                .isEmpty();
        assertThat(served.maintenance()
                        .reindex(spec.database(), true, step -> {})
                        .skipped())
                .isEmpty();
        assertThat(served.statistics().tables(spec.database())).singleElement().satisfies(table -> {
            assertThat(table.bloatBytes()).isPresent();
            assertThat(table.indexBloatBytes()).isPresent();
        });
        assertThat(served.statistics().database(spec.database()).orElseThrow().bytes())
                .isPositive();
        SqlRequest request =
                new SqlRequest(spec.database(), "SELECT count(*) FROM t", false, Duration.ofSeconds(9), 10);
        assertThat(served.console().run(request).rows().get(0)).containsExactly(Optional.of("5000"));
    }

    /** The tools are this machine's, of its server's version. */
    @Test
    void aCopyThatCannotSucceedIsRefusedBeforeAnythingIsMade() {
        DatabaseSpec spec = newDatabase(SERVED.get(15));
        assertThatThrownBy(() -> new DatabaseCopy(SERVED.get(15), SERVED.get(18), spec).check())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("pg_restore is too old for PostgreSQL 18");
        assertThatThrownBy(() -> new DatabaseCopy(SERVED.get(15), SERVED.get(15), spec).check())
                .hasMessageContaining("is the same database server");
        assertThatThrownBy(() -> new DatabaseCopy(SERVED.get(18), SERVED.get(15), spec).check())
                .hasMessageContaining("has a database '" + spec.database() + "' already");
    }

    @Test
    void aRoleOfSomebodyElsesIsInTheWay() throws Exception {
        DatabaseSpec spec = new DatabaseSpec("theirs", "theirs", "p");
        try (Connection dba = FOREIGN.get(15).superuser("postgres")) {
            Rows.execute(dba, "CREATE ROLE theirs");
        }
        assertThatThrownBy(() -> new DatabaseCopy(SERVED.get(18), SERVED.get(15), spec).check())
                .hasMessageContaining("has a role 'theirs' already");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void onlyWhatBearsTheMarkIsDiscarded(int version) {
        ServedServer served = SERVED.get(version);
        DatabaseSpec spec = newDatabase(served);
        served.spares().discard(spec, "mine");
        assertThat(served.databases().databases()).contains(spec.database());
        served.spares().mark(spec.database(), "mine");
        served.spares().discard(spec, "another's");
        assertThat(served.databases().databases()).contains(spec.database());
        served.spares().discard(spec, "mine");
        assertThat(served.databases().databases()).doesNotContain(spec.database());
        assertThat(served.databases().roles()).doesNotContain(spec.role());
    }

    @Test
    void whatOnlyASuperuserMayDoIsRefusedWithWhatToDo() {
        ServedServer served = SERVED.get(15);
        DatabaseSpec spec = newDatabase(served);
        PostgresExtensions extensions = new PostgresExtensions(served.sessions(), () -> Set.of("pageinspect"));
        assertThatThrownBy(() -> extensions.create(spec.database(), "pageinspect"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("its administrator can create it in the database '" + spec.database());
        Servers servers = new Servers(served, settings -> null, server -> null);
        assertThatThrownBy(() -> new RoutedHostAccess(servers, Optional.empty())
                        .allow(spec.database(), "192.0.2.7", Optional.empty()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("pg_hba.conf");
        assertThatThrownBy(() -> new ForeignUpgrade("foreign").plan(Optional.empty()))
                .hasMessageContaining("its administrator");
    }

    @Test
    void theAdministratorsPasswordIsChangedOnTheServerAndInItsFile() throws Exception {
        try (ForeignPostgres foreign = ForeignPostgres.ofThisMachine();
                ServedServer served = foreign.served()) {
            String former = Files.readString(foreign.secret()).strip();
            served.databases().changeOwnPassword();
            assertThat(Files.readString(foreign.secret()).strip()).isNotEqualTo(former);
            foreign.login(foreign.settings("again", Tls.NONE)).look();
            assertThatThrownBy(() -> served.server()
                            .administrator()
                            .login()
                            .withPassword(former)
                            .dataSource()
                            .getConnection())
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aServerIsVerifiedByItsCertificate() throws Exception {
        ForeignPostgres foreign = FOREIGN.get(15);
        Tls verified = new Tls(Tls.Mode.VERIFY_CA, Optional.of(foreign.certificate()));
        ExternalServer server = foreign.login(foreign.settings("tls", verified));
        server.look();
        try (ServedServer served = ForeignPostgres.serve(server)) {
            DatabaseSpec spec = newDatabase(served);
            assertThat(run(served, spec, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
            assertThat(served.dumps().checksum(spec.database())).hasSize(64);
        }
        Tls another = new Tls(Tls.Mode.VERIFY_CA, Optional.of(FOREIGN.get(18).certificate()));
        assertThatThrownBy(() -> foreign.login(foreign.settings("tls", another)).look())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("'tls'");
        // The certificate does not name the address.
        Tls named = new Tls(Tls.Mode.VERIFY_FULL, Optional.of(foreign.certificate()));
        assertThatThrownBy(() -> foreign.login(foreign.settings("tls", named)).look())
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void aLoginThatMayNotDoWhatIsNeededIsRefused() throws Exception {
        ForeignPostgres foreign = FOREIGN.get(15);
        try (Connection dba = foreign.superuser("postgres")) {
            Rows.execute(dba, "CREATE ROLE weak LOGIN CREATEDB PASSWORD 'admin''s secret'");
        }
        ServerSettings usual = foreign.settings("weak", Tls.NONE);
        ServerSettings weak = new ServerSettings("weak", usual.endpoint(), "weak", Optional.empty());
        assertThatThrownBy(() -> foreign.login(weak).look())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("ALTER ROLE \"weak\" CREATEROLE CREATEDB");
    }

    @Test
    void aPasswordThatOthersCanReadIsRefused() throws Exception {
        Path secret = folder.resolve("secret");
        ServerSettings settings = FOREIGN.get(15).settings("open", Tls.NONE);
        assertThatThrownBy(() -> new ExternalServer(settings, secret, secret.resolveSibling("work")))
                .hasMessageContaining("has no password");
        SecretFile.write(secret, "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new ExternalServer(settings, secret, secret.resolveSibling("work")))
                .hasMessageContaining("chmod 600 " + secret);
    }
}
