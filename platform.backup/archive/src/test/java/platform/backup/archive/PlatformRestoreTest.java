package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupPart;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.backup.api.ExportRequest;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.TablesRequest;
import platform.backup.api.TargetSetup;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/** The manager and its instances, from their backups, on a real server. */
class PlatformRestoreTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final DatabaseSpec MANAGER = new DatabaseSpec("manager", "manager", "password of the manager");

    @TempDir
    Path data;

    @TempDir
    Path place;

    @TempDir
    Path fresh;

    private final Databases databases = TestPostgres.databases();
    private final SpareDatabases spares = TestPostgres.spares();
    private final FakeInstances instances = new FakeInstances(databases, spares);
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final List<String> lines = new ArrayList<>();
    private ArchiveBackups backups;

    @BeforeEach
    void makePlatform() throws IOException {
        write("etc/platform.x.cfg", "key = value");
        write("etc/platform.same.cfg", "as in the distribution");
        write("defaults/platform.same.cfg", "as in the distribution");
        write("secrets/seal.key", "the key of the seal");
        write("secrets/manager-database", MANAGER.password());
        write("secrets/postgresql", "of the server");
        write("secrets/backup-targets/nas.properties", "address=file:///mnt/nas/");
        write("apps/notes.jar", "a jar".repeat(1_000_000));
        backups = new ArchiveBackups(
                Platforms.config(true, ""),
                data,
                new ManagerContent(
                        data, data.resolve("defaults"), "0.1.0", instances.instances(), instances.services()),
                Platforms.targets(data),
                instances.instances(),
                instances.services(),
                instances,
                databases,
                TestPostgres.dumps(),
                spares,
                () -> DiskLevel.OK,
                Clock.systemUTC());
        databases.createRole(MANAGER);
        databases.createDatabase(MANAGER);
        execute(MANAGER, "CREATE TABLE IF NOT EXISTS instance AS SELECT 'acme@example.com' AS name");
        instances.add(ACME, spec.database(), Map.of("color", "red"));
        execute(spec, "CREATE TABLE note AS SELECT generate_series(1, 100) AS id");
    }

    @AfterEach
    void removePlatform() {
        backups.close();
        databases.dropDatabase(MANAGER.database());
        databases.dropRole(MANAGER.role());
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(data.resolve(name).getParent());
        Files.writeString(data.resolve(name), content);
    }

    private static void execute(DatabaseSpec spec, String sql) {
        query(spec, sql, false);
    }

    private static String query(DatabaseSpec spec, String sql, boolean answers) {
        try (Database database = TestPostgres.databases().open(spec);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!answers) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private BackupRun run(String instance) {
        return run(instance, place.toString());
    }

    private BackupRun run(String instance, String where) {
        return backups.run(instance, where, BackupProgress.NONE);
    }

    private Map<String, String> request() throws IOException {
        return Map.of(
                "address", place.toUri().toString(),
                "key", Files.readString(data.resolve("secrets/backup.keys")),
                "data", fresh.resolve("data").toString());
    }

    private RestoreOrigin origin() throws IOException {
        return new RestoreOrigin(request());
    }

    @Test
    void theBackupOfTheManagerHasItsSettingsSecretsAndAppsAndProvesItself() {
        BackupRun run = run(Backups.MANAGER);

        BackupManifest manifest = backups.verify(run.backup().file(), BackupProgress.NONE);
        assertThat(manifest.header().instance()).isEqualTo("manager");
        assertThat(manifest.parts())
                .extracting(BackupPart::name)
                .contains(
                        "manager.json",
                        "etc/platform.x.cfg",
                        "secrets/seal.key",
                        "secrets/backup.keys",
                        "secrets/backup-targets/nas.properties",
                        "apps/notes.jar")
                .doesNotContain("etc/platform.same.cfg", "secrets/postgresql");
        assertThat(backups.list(place.toString())).containsExactly(run.backup());
        assertThat(backups.drill(run.backup().file(), true, BackupProgress.NONE).checksum())
                .hasSize(64);
        assertThatThrownBy(() ->
                        backups.restore(new RestoreRequest(run.backup().file(), Optional.empty()), BackupProgress.NONE))
                .hasMessageContaining("platform restore");
        assertThatThrownBy(() -> backups.restoreTables(
                        new TablesRequest(run.backup().file(), List.of("instance"), false), BackupProgress.NONE))
                .hasMessageContaining("backup of the manager");
        assertThatThrownBy(() -> backups.export(
                        new ExportRequest(Backups.MANAGER, place.resolve("x.age"), List.of(), false),
                        List.of(),
                        BackupProgress.NONE))
                .hasMessageContaining("name@domain");
    }

    @Test
    void anAppThatIsOlderHereIsInstalledOutOfABackupOfTheManagerByItsHash() throws IOException {
        Path jar = data.resolve("apps/notes.jar");
        write("apps/notes.jar", "1.2.0");
        instances.adopt(jar);
        BackupSource file = run(ACME.toString()).backup().file();
        RestoreRequest request = new RestoreRequest(file, Optional.empty(), false, Optional.empty(), true);
        write("apps/notes.jar", "1.1.0");
        Files.writeString(place.resolve("manager-29991231-000000Z.tar.zst.age"), "no backup");

        assertThatThrownBy(() -> backups.restore(request, BackupProgress.NONE))
                .hasMessageContaining(
                        "notes 1.2.0 that it was made with is neither in it nor in a backup of the manager")
                .hasMessageContaining(place.toString())
                .hasMessageContaining("--from");
        run(Backups.MANAGER);
        assertThatThrownBy(() -> backups.plan(request)).hasMessageContaining("neither in it");
        write("apps/notes.jar", "1.2.0");
        run(Backups.MANAGER, place.resolve("then").toString());
        write("apps/notes.jar", "1.1.0");
        RestorePlan plan = backups.plan(request);
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("The app notes 1.2.0 is installed first, from " + place.resolve("then"))
                .contains("the place of 1.1.0 for all its instances");
        assertThat(jar).hasContent("1.1.0");
        backups.restore(request, BackupProgress.NONE);

        assertThat(jar).hasContent("1.2.0");
        spares.kept().forEach(spares::drop);
    }

    @Test
    void aPlatformIsRestoredWithAllOfItsInstances() throws IOException {
        run(ACME.toString());
        run(Backups.MANAGER);
        execute(MANAGER, "DROP TABLE instance");
        execute(MANAGER, "CREATE TABLE leftover (id int)");
        databases.dropDatabase(spec.database());
        databases.dropRole(spec.role());
        Files.createDirectories(fresh.resolve("cache/restore/etc"));
        Files.writeString(fresh.resolve("cache/restore/etc/half"), "cut off");

        new ManagerRestore(fresh, databases, TestPostgres.dumps()).accept(request(), lines::add);

        assertThat(query(MANAGER, "SELECT name FROM instance", true)).isEqualTo("acme@example.com");
        assertThat(query(MANAGER, "SELECT to_regclass('leftover') IS NULL", true))
                .isEqualTo("t");
        assertThat(fresh.resolve("apps/notes.jar")).hasSameBinaryContentAs(data.resolve("apps/notes.jar"));
        assertThat(fresh.resolve("etc/platform.x.cfg")).hasContent("key = value");
        assertThat(fresh.resolve("etc/half")).doesNotExist();
        assertThat(fresh.resolve("cache/restore")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve("secrets/seal.key"))))
                .isEqualTo("rw-------");

        InstancesRestore restore = new InstancesRestore(
                backups, instances.instances(), instances, new BackupGate(() -> false, new SameThread()));
        restore.accept(request(), lines::add);
        DatabaseSpec restored = new DatabaseSpec(spec.database(), spec.role(), "password");
        assertThat(query(restored, "SELECT count(*) FROM note", true)).isEqualTo("100");
        assertThat(spares.kept()).isEmpty();

        lines.clear();
        restore.accept(request(), lines::add);
        assertThat(lines).containsExactly("acme@example.com (1 of 1) is restored already.");
    }

    /** Each reads the plan's and the restore's files as they are needed, beside an archive of point in time. */
    @ParameterizedTest
    @ValueSource(strings = {"dav", "plain", "sftp", "s3"})
    void aPlatformIsRestoredFromAServer(String kind, @TempDir Path servers) throws Exception {
        try (Server server = Server.start(kind, servers)) {
            TargetSetup setup = server.setup();
            Targets targets = Platforms.targets(data);
            targets.add(setup);
            run(ACME.toString(), "far");
            run(Backups.MANAGER, "far");
            try (Target target = targets.openPlace("far");
                    Upload base = target.begin("point-in-time/1/2/base-20261127-083000Z.tar.zst.age")) {
                base.write(1);
                base.complete();
            }
            databases.dropDatabase(spec.database());
            databases.dropRole(spec.role());
            Map<String, String> request = request(setup);

            PlatformPlan plan = PlatformPlan.of(new RestoreOrigin(request));
            assertThat(plan.instances()).containsOnlyKeys("acme@example.com");
            assertThat(plan.damaged()).isEmpty();
            new ManagerRestore(fresh, databases, TestPostgres.dumps()).accept(request, lines::add);
            assertThat(fresh.resolve("apps/notes.jar")).hasSameBinaryContentAs(data.resolve("apps/notes.jar"));
            new InstancesRestore(
                            backups, instances.instances(), instances, new BackupGate(() -> false, new SameThread()))
                    .accept(request, lines::add);
            DatabaseSpec restored = new DatabaseSpec(spec.database(), spec.role(), "password");
            assertThat(query(restored, "SELECT count(*) FROM note", true)).isEqualTo("100");
        }
    }

    private Map<String, String> request(TargetSetup setup) throws IOException {
        Map<String, String> request = new HashMap<>(request());
        request.put("address", setup.address());
        setup.secret().ifPresent(secret -> request.put("secret", secret));
        setup.hostKey().ifPresent(key -> request.put("host.key", key));
        return request;
    }

    /** A server that takes backups, and how it is reached. */
    private record Server(Runnable end, TargetSetup setup) implements AutoCloseable {

        static Server start(String kind, Path folder) throws Exception {
            return switch (kind) {
                case "sftp" -> {
                    RealSshd sshd = RealSshd.start(folder);
                    yield new Server(
                            sshd::close,
                            setup(sshd.address(folder.resolve("backups")), sshd.key("user"), sshd.fingerprint()));
                }
                case "s3" -> {
                    RealS3 s3 = RealS3.start(folder);
                    yield new Server(s3::close, setup(RealS3.address("backups", s3.port()), RealS3.SECRET, null));
                }
                default -> {
                    RealNginx nginx = RealNginx.start(folder);
                    yield new Server(
                            nginx::close, setup("http://127.0.0.1:" + nginx.port() + "/" + kind + "/", null, null));
                }
            };
        }

        private static TargetSetup setup(String address, String secret, String hostKey) {
            return new TargetSetup(
                    "far",
                    address,
                    Optional.ofNullable(secret),
                    Optional.ofNullable(hostKey),
                    Optional.empty(),
                    0,
                    Set.of());
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @Test
    void thePlanSaysWhatIsThereWhatIsNotAndWhatItNeeds() throws IOException {
        instances.add(InstanceId.parse("new@example.com"), spec.database(), Map.of());
        instances.add(InstanceId.parse("removed@example.com"), spec.database(), Map.of());
        run(ACME.toString());
        assertThatThrownBy(() -> PlatformPlan.of(origin()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("no backup of the manager");
        run("removed@example.com");
        instances.all.remove(InstanceId.parse("removed@example.com"));
        run(Backups.MANAGER);
        String damaged = "nightly/acme@example.com/acme@example.com-29991231-000000Z.tar.zst.age";
        Files.createDirectories(place.resolve(damaged).getParent());
        Files.writeString(place.resolve(damaged), "no backup");

        PlatformPlan plan = PlatformPlan.of(origin());

        assertThat(plan.instances()).containsOnlyKeys("acme@example.com");
        assertThat(plan.damaged()).containsExactly(damaged);
        assertThat(plan.missing()).containsExactly("new@example.com");
        assertThat(plan.removed()).containsExactly("removed@example.com");
        assertThat(plan.bytesNeeded())
                .isGreaterThan(plan.instances().get("acme@example.com").header().databaseBytes());
        assertThat(plan.obstacles("0.1.0", Long.MAX_VALUE)).isEmpty();
        assertThat(plan.obstacles("0.0.9", 0)).hasSize(2);
        assertThat(plan.lines(0)).anyMatch(line -> line.contains("new@example.com: has no backup"));
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        run(Backups.MANAGER);
        Map<String, String> request = Map.of(
                "address", place.toUri().toString(),
                "key", Age.generate().secret(),
                "data", fresh.toString());
        assertThatThrownBy(() -> PlatformPlan.of(new RestoreOrigin(request))).hasMessageContaining("for others");
        assertThatThrownBy(
                        () -> new RestoreOrigin(Map.of("address", place.toUri().toString(), "key", "nonsense")))
                .hasMessageContaining("AGE-SECRET-KEY-1");
    }
}
