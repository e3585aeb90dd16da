package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupKeyException;
import platform.backup.api.BackupKeys;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.CloneResult;
import platform.backup.api.DamagedBackupException;
import platform.backup.api.DrillResult;
import platform.backup.api.ExportRequest;
import platform.backup.api.ExportResult;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreRequest;
import platform.backup.api.RestoreResult;
import platform.backup.api.TablesRequest;
import platform.backup.api.TablesResult;
import platform.core.api.InstanceId;
import platform.core.api.QuotaKind;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/** Backups of databases on a real server. */
class ArchiveBackupsTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private SpareDatabases spares = TestPostgres.spares();
    private final FakeInstances instances = new FakeInstances(databases, spares);
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    /** What comes before the level that stays. */
    private final Deque<DiskLevel> levels = new ArrayDeque<>();

    private DiskLevel level = DiskLevel.OK;
    private ArchiveBackups backups;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        backups = backups(true, "", Duration.ZERO);
        instances.add(ACME, spec.database(), Map.of("color", "red"));
        execute(spec.database(), "CREATE TABLE note (id int PRIMARY KEY, text text)");
        execute(spec.database(), "INSERT INTO note SELECT i, 'note ' || i FROM generate_series(1, 1000) i");
        execute(spec.database(), "SELECT lo_from_bytea(99, '\\x00ff')");
    }

    private static final Map<QuotaKind, Optional<Long>> LIMITS = Map.of(
            QuotaKind.REQUESTS,
            Optional.of(9L),
            QuotaKind.SIZE_HARD,
            Optional.of(300_000_000L),
            QuotaKind.TEMP,
            Optional.empty());

    @AfterEach
    void nothingIsLeft() {
        spares.kept().forEach(spares::drop);
        assertThat(databases.databases()).noneMatch(name -> name.startsWith(SpareDatabases.SPARE));
        backups.close();
    }

    private ArchiveBackups backups(boolean own, String recipients, Duration later) {
        return new ArchiveBackups(
                Platforms.config(own, recipients),
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
                () -> levels.isEmpty() ? level : levels.pop(),
                Clock.offset(Clock.systemUTC(), later));
    }

    private static void execute(String database, String sql) {
        query(database, sql, statement -> null);
    }

    private static String value(String database, String sql) {
        return query(database, sql, statement -> {
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private interface Work {
        String on(Statement statement) throws SQLException;
    }

    /** The tests' roles have passwords that follow from their names. */
    private static String query(String name, String sql, Work work) {
        String password = name.startsWith("test ") ? "password of " + name : "password";
        try (Database database = TestPostgres.databases().open(new DatabaseSpec(name, name, password));
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBackupIsGivenUpWhenTheDiskGetsNearlyFull() throws IOException {
        execute(
                spec.database(),
                "CREATE TABLE noise AS SELECT gen_random_uuid() a, gen_random_uuid() b"
                        + " FROM generate_series(1, 200000)");
        levels.add(DiskLevel.OK);
        level = DiskLevel.VERY_LOW;
        assertThatThrownBy(this::run)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("got nearly full")
                .hasMessageContaining("platform:disk");
        try (Stream<Path> left = Files.walk(backups.folder())) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void noBackupBeginsOnADiskThatIsNearlyFullButOnAnother() throws IOException {
        level = DiskLevel.VERY_LOW;
        assertThatThrownBy(this::run)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("nearly full")
                .hasMessageContaining("platform:disk");
        assertThat(backups.folder()).doesNotExist();

        Path elsewhere = Files.createTempDirectory(Path.of("/dev/shm"), "backups");
        try {
            BackupRun run = backups.run(ACME.toString(), elsewhere.toString(), BackupProgress.NONE);
            assertThat(path(run)).exists();
        } finally {
            try (Stream<Path> all = Files.walk(elsewhere)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private BackupRun run() {
        return backups.run(ACME.toString(), backups.folder().toString(), BackupProgress.NONE);
    }

    private static Path path(BackupRun run) {
        return Path.of(run.backup().file().toString());
    }

    private static RestoreRequest request(BackupSource file) {
        return new RestoreRequest(file, Optional.empty());
    }

    @Test
    void aBackupIsOneCompleteFileThatSaysWhatIsInIt(@TempDir Path elsewhere) {
        BackupRun run = backups.run(ACME.toString(), elsewhere.toString(), BackupProgress.NONE);
        BackupRun second = run();

        BackupManifest manifest = backups.verify(run.backup().file(), BackupProgress.NONE);
        assertThat(manifest).isEqualTo(run.manifest());
        assertThat(manifest.header().app()).isEqualTo("notes");
        assertThat(manifest.header().appVersion()).isEqualTo("1.0.0");
        assertThat(manifest.header().appSha256()).isEqualTo("abcd");
        assertThat(manifest.rows()).isEqualTo(Map.of("public.note", 1000L));
        assertThat(run.newKey()).hasValueSatisfying(key -> assertThat(key).startsWith("AGE-SECRET-KEY-1"));
        assertThat(run.toString()).doesNotContain("AGE-SECRET");
        assertThat(second.newKey()).isEmpty();
        assertThat(backups.list(elsewhere.toString())).containsExactly(run.backup());
        assertThat(backups.newest(ACME.toString(), backups.folder().toString())).contains(second.backup());
        assertThat(backups.newest("none@example.com", backups.folder().toString()))
                .isEmpty();
        assertThat(backups.list(data.resolve("nowhere").toString())).isEmpty();
        assertThat(path(run).getFileName().toString()).matches("acme@example\\.com-\\d{8}-\\d{6}Z\\.tar\\.zst\\.age");
    }

    @Test
    void theKeyIsShownAlthoughTheBackupThatItWasMadeForHasFailed() throws IOException {
        instances.add(ACME, "no such database", Map.of());
        assertThatThrownBy(this::run).isInstanceOf(BackupException.class);
        instances.add(ACME, spec.database(), Map.of());

        String key = run().newKey().orElseThrow();

        assertThat(Files.readAllLines(data.resolve("secrets/backup.keys")))
                .hasSize(2)
                .contains(key);
        assertThat(run().newKey()).isEmpty();
        assertThat(backups.keys().newKey()).isEmpty();
    }

    @Test
    void lookingAtThePublicKeysNeitherMakesNorShowsOne() {
        assertThat(backups.publicKeys()).isEqualTo(new BackupKeys(Optional.empty(), List.of(), Optional.empty()));
        assertThat(data.resolve("secrets/backup.keys")).doesNotExist();
        String made = backups.keyRing().recipients().get(0);

        assertThat(backups.publicKeys()).isEqualTo(new BackupKeys(Optional.of(made), List.of(made), Optional.empty()));
        assertThat(backups.keys().newKey()).isPresent();
    }

    /** As a server that goes away while it is sent to, and is there again. */
    @Test
    void whatIsCutInTheMiddleIsBegunAnew() throws IOException {
        AtomicInteger uploads = new AtomicInteger();
        Target folder = new FolderTarget(data.resolve("far"));
        Target cut = (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(folder, arguments);
                    return method.getName().equals("begin") && uploads.incrementAndGet() == 1
                            ? cut((Upload) answer)
                            : answer;
                });

        BackupMaker.Made made = backups.maker().run(ACME.toString(), cut, header -> "acme.age", BackupProgress.NONE);

        assertThat(uploads).hasValue(2);
        assertThat(folder.list("")).extracting(Target.Kept::name).containsExactly("acme.age");
        BackupSource file = new BackupSource(data.resolve("far").toString(), "acme.age");
        assertThat(backups.verify(file, BackupProgress.NONE)).isEqualTo(made.manifest());
    }

    private static Upload cut(Upload upload) {
        return new ForwardingUpload(upload) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                throw TargetException.passing("The server has hung up.");
            }

            @Override
            void complete() throws IOException {
                throw TargetException.lasting("The server has hung up.", TargetException.passing("It has hung up."));
            }
        };
    }

    @Test
    void whatCannotBeBackedUpLeavesNothing() {
        assertThatThrownBy(
                        () -> backups.run("none@example.com", backups.folder().toString(), BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessage("none@example.com was not backed up: There is no instance none@example.com.");
        instances.add(ACME, "no such database", Map.of());
        assertThatThrownBy(this::run).hasMessageContaining("There is no database 'no such database'");
        assertThatThrownBy(() -> backups.run(ACME.toString(), "there", BackupProgress.NONE))
                .hasMessageContaining("no target 'there'");
        assertThat(backups.list(backups.folder().toString())).isEmpty();
    }

    @Test
    void restoresAnInstanceAndKeepsItsFormerDatabaseForADay() {
        BackupRun run = run();
        execute(spec.database(), "DELETE FROM note WHERE id > 1");
        instances.add(ACME, spec.database(), Map.of("color", "blue"));

        RestorePlan plan = backups.plan(request(run.backup().file()));
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.exists()).isTrue();
        assertThat(plan.bytesNeeded()).isGreaterThan(run.manifest().header().databaseBytes());
        RestoreResult result = backups.restore(request(run.backup().file()), BackupProgress.NONE);

        assertThat(value(spec.database(), "SELECT count(*) FROM note")).isEqualTo("1000");
        assertThat(value(spec.database(), "SELECT lo_get(99)::text")).isEqualTo("\\x00ff");
        assertThat(instances.all.get(ACME).settings()).isEqualTo(Map.of("color", "red"));
        assertThat(spares.kept()).containsExactly(result.formerDatabase().orElseThrow());
        assertThat(result.password()).isEmpty();
        backups.sweep();
        assertThat(spares.kept()).hasSize(1);
        backups(true, "", Duration.ofHours(25)).sweep();
        assertThat(spares.kept()).isEmpty();
    }

    private TablesResult restoreTables(BackupSource file, boolean replace, String... tables) {
        return backups.restoreTables(new TablesRequest(file, List.of(tables), replace), BackupProgress.NONE);
    }

    @Test
    void singleTablesComeBesideThePresentOnes() {
        execute(spec.database(), "CREATE SCHEMA old; CREATE TABLE old.note AS SELECT * FROM note WHERE id <= 7");
        BackupRun run = run();
        BackupSource file = run.backup().file();
        execute(spec.database(), "DELETE FROM note WHERE id > 1; UPDATE old.note SET text = 'changed'");

        TablesResult result = restoreTables(file, false, "note", "old.note");

        assertThat(result.tables())
                .extracting(TablesResult.RestoredTable::table, TablesResult.RestoredTable::rows)
                .containsExactly(tuple("old.note", 7L), tuple("public.note", 1000L));
        String into = result.tables().get(1).into();
        assertThat(into).matches("public\\.note_restored_\\d{8}_\\d{6}");
        assertThat(value(spec.database(), "SELECT count(*) FROM " + into)).isEqualTo("1000");
        assertThat(value(spec.database(), "SELECT count(*) FROM note")).isEqualTo("1");
        assertThat(value(
                        spec.database(),
                        "SELECT count(*) FROM " + result.tables().get(0).into() + " WHERE text LIKE 'note %'"))
                .isEqualTo("7");
        assertThatThrownBy(() -> restoreTables(file, false, "note")).hasMessageContaining("already exists");
        assertThatThrownBy(() -> restoreTables(file, false, "notes"))
                .hasMessageContaining("There is no table 'notes'")
                .hasMessageContaining("It has old.note, public.note");
        execute(spec.database(), "CREATE MATERIALIZED VIEW many AS SELECT count(*) FROM note");
        BackupSource withView = run().backup().file();
        assertThatThrownBy(() -> restoreTables(withView, false, "many"))
                .isNotInstanceOf(DamagedBackupException.class)
                .hasMessageContaining("Only tables can be restored so");
    }

    @Test
    void theRowsOfSingleTablesAreReplacedAllOrNone() {
        execute(spec.database(), """
                CREATE TABLE tag (note int REFERENCES note, tag text, loud text GENERATED ALWAYS AS (upper(tag)) STORED);
                CREATE TABLE line (id serial PRIMARY KEY, parent int REFERENCES line, text text);
                INSERT INTO tag SELECT i, 'tag' FROM generate_series(1, 500) i;
                INSERT INTO line (parent, text) SELECT i, 'x' FROM generate_series(1, 100) i;
                CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'it must stay silent'; END $$;
                CREATE TRIGGER shout BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION shout();
                ALTER TABLE line ENABLE ROW LEVEL SECURITY;
                ALTER TABLE line FORCE ROW LEVEL SECURITY;
                """);
        BackupSource file = run().backup().file();
        execute(spec.database(), """
                TRUNCATE note, tag;
                ALTER TABLE line DISABLE TRIGGER shout;
                ALTER TABLE line NO FORCE ROW LEVEL SECURITY;
                TRUNCATE line RESTART IDENTITY;
                INSERT INTO line (text) VALUES ('new');
                ALTER TABLE line FORCE ROW LEVEL SECURITY;
                ALTER TABLE line ENABLE TRIGGER shout;
                """);

        assertThatThrownBy(() -> restoreTables(file, true, "note"))
                .hasMessageContaining("name those tables, too")
                .hasMessageContaining("tag");
        assertThatThrownBy(() -> restoreTables(file, true, "tag")).hasMessageContaining("violates foreign key");
        restoreTables(file, true, "tag", "note", "line");

        assertThat(value(spec.database(), "SELECT count(*) FROM tag JOIN note ON id = note WHERE loud = 'TAG'"))
                .isEqualTo("500");
        assertThat(value(spec.database(), "SELECT nextval('line_id_seq')")).isEqualTo("101");
        assertThatThrownBy(() -> execute(spec.database(), "INSERT INTO line DEFAULT VALUES"))
                .rootCause()
                .hasMessageContaining("it must stay silent");
        assertThat(value(spec.database(), "SELECT bool_or(condeferrable)::text FROM pg_constraint WHERE contype = 'f'"))
                .isEqualTo("false");
        execute(spec.database(), "ALTER TABLE note RENAME COLUMN text TO words");
        assertThatThrownBy(() -> restoreTables(file, true, "tag", "note"))
                .hasMessageContaining("public.note has no column 'text' any more");
    }

    @Test
    void restoresToAnotherNameAndWhatIsNotThereAnyMore() {
        instances.limits.put(ACME, LIMITS);
        BackupRun run = run();

        RestoreResult copy = backups.restore(
                new RestoreRequest(run.backup().file(), Optional.of("copy@example.org"), false, Optional.of("big")),
                BackupProgress.NONE);
        assertThat(copy.password()).contains("made");
        assertThat(instances.limits.get(InstanceId.parse("copy@example.org"))).isEqualTo(LIMITS);
        assertThat(instances.all.get(InstanceId.parse("copy@example.org")).server())
                .isEqualTo("big");
        assertThat(value("copy@example.org", "SELECT count(*) FROM note")).isEqualTo("1000");

        instances.all.remove(ACME);
        databases.dropDatabase(spec.database());
        databases.dropRole(spec.role());
        RestoreResult again = backups.restore(request(run.backup().file()), BackupProgress.NONE);
        assertThat(again.password()).isEmpty();
        assertThat(again.formerDatabase()).isEmpty();
        assertThat(instances.all.get(ACME).database()).isEqualTo(spec.database());
        assertThat(value("copy@example.org", "SELECT lo_get(99)::text")).isEqualTo("\\x00ff");
    }

    @Test
    void aCloneHasTheSameDataAndALifeOfItsOwn() {
        instances.limits.put(ACME, LIMITS);
        CloneResult clone =
                backups.clone(ACME.toString(), "clone@example.org", Optional.of("big"), BackupProgress.NONE);

        assertThat(clone.rows()).isEqualTo(1000);
        assertThat(instances.limits.get(InstanceId.parse("clone@example.org"))).isEqualTo(LIMITS);
        assertThat(clone.password()).isEqualTo("made");
        execute("clone@example.org", "DELETE FROM note WHERE id > 3");
        assertThat(value("clone@example.org", "SELECT count(*) FROM note")).isEqualTo("3");
        assertThat(value(spec.database(), "SELECT count(*) FROM note")).isEqualTo("1000");
        assertThat(instances.all.get(InstanceId.parse("clone@example.org")).settings())
                .isEqualTo(Map.of("color", "red"));
        assertThat(instances.all.get(InstanceId.parse("clone@example.org")).server())
                .isEqualTo("big");
        assertThatThrownBy(
                        () -> backups.clone("none@example.com", "x@example.org", Optional.empty(), BackupProgress.NONE))
                .hasMessageContaining("There is no instance none@example.com");
    }

    @Test
    void aCloneBeginsOnlyWhereItHasTheSpaceThatItNeeds() {
        RestorePlan plan = backups.planClone(ACME.toString(), "clone@example.org", Optional.empty());
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.exists()).isFalse();
        long bytes = plan.header().databaseBytes();
        assertThat(plan.bytesNeeded()).isEqualTo(bytes + bytes / 10 + (64 << 20));

        spares = withFree(plan.bytesNeeded() - 1);
        ArchiveBackups narrow = backups(true, "", Duration.ZERO);
        assertThatThrownBy(
                        () -> narrow.clone(ACME.toString(), "clone@example.org", Optional.empty(), BackupProgress.NONE))
                .hasMessageContaining("acme@example.com was not cloned: It needs")
                .hasMessageContaining("1 are missing");
        assertThat(databases.databases()).doesNotContain("clone@example.org");
        narrow.close();
    }

    private SpareDatabases withFree(long bytes) {
        SpareDatabases real = spares;
        return (SpareDatabases) Proxy.newProxyInstance(
                SpareDatabases.class.getClassLoader(),
                new Class<?>[] {SpareDatabases.class},
                (proxy, method, arguments) ->
                        method.getName().equals("freeBytes") ? bytes : method.invoke(real, arguments));
    }

    @Test
    void aDamagedFileRestoresNothing() throws IOException {
        BackupSource file = run().backup().file();
        byte[] bytes = Files.readAllBytes(Path.of(file.toString()));
        bytes[bytes.length - 400] ^= 4;
        Files.write(Path.of(file.toString()), bytes);

        assertThatThrownBy(() -> backups.verify(file, BackupProgress.NONE)).isInstanceOf(DamagedBackupException.class);
        assertThatThrownBy(() -> backups.restore(request(file), BackupProgress.NONE))
                .isInstanceOf(DamagedBackupException.class);
        assertThatThrownBy(() -> backups.drill(file, false, BackupProgress.NONE))
                .isInstanceOf(DamagedBackupException.class);

        assertThat(value(spec.database(), "SELECT count(*) FROM note")).isEqualTo("1000");
        assertThat(spares.kept()).isEmpty();
        assertThatThrownBy(() -> backups.verify(BackupSource.of(data.resolve("none")), BackupProgress.NONE))
                .hasMessageContaining("There is no file");
    }

    @Test
    void whatStandsInTheWayIsSaidBeforeAnythingIsDone() {
        BackupSource file = run().backup().file();
        instances.appVersion = "0.9.0";
        assertThat(backups.plan(request(file)).obstacles())
                .singleElement()
                .asString()
                .contains("the older version 0.9.0");
        assertThatThrownBy(() -> backups.restore(request(file), BackupProgress.NONE))
                .hasMessageContaining("the older version 0.9.0");
        RestoreRequest asIs = new RestoreRequest(file, Optional.empty(), true);
        assertThat(backups.plan(asIs).obstacles()).isEmpty();
        assertThat(backups.plan(asIs).notes()).singleElement().asString().contains("may not understand");
        instances.appVersion = "";
        assertThat(backups.plan(request(file)).obstacles())
                .singleElement()
                .asString()
                .contains("not on this platform: copy its jar");
        instances.appVersion = "2.0.0";
        assertThat(backups.plan(request(file)).notes())
                .singleElement()
                .asString()
                .contains("brings its database up to date");
        assertThat(backups.plan(new RestoreRequest(file, Optional.of(ACME.toString())))
                        .obstacles())
                .singleElement()
                .asString()
                .contains("already an instance");
        assertThat(backups.plan(new RestoreRequest(file, Optional.empty(), false, Optional.of("big")))
                        .obstacles())
                .singleElement()
                .asString()
                .contains("restored on the server that it is on, embedded");
        assertThatThrownBy(() -> backups.plan(new RestoreRequest(file, Optional.of("nonsense"))))
                .hasMessageContaining("Use name@domain");
    }

    @Test
    void aDrillProvesABackupAndLeavesNothing() {
        BackupSource file = run().backup().file();
        execute(spec.database(), "DELETE FROM note");

        DrillResult result = backups.drill(file, false, BackupProgress.NONE);

        assertThat(result.checksum()).hasSize(64);
        assertThat(backups.lastProved(ACME.toString())).contains(result.at());
        assertThat(backups.list(backups.folder().toString()))
                .extracting(BackupFile::proved)
                .containsExactly(Optional.of(result.at()));
        instances.all.remove(ACME);
        databases.dropDatabase(spec.database());
        databases.dropRole(spec.role());
        assertThat(backups.drill(file, false, BackupProgress.NONE).checksum()).isEqualTo(result.checksum());
        assertThat(databases.roles()).doesNotContain(spec.role());
    }

    @Test
    void aSchemaThatTheAppHereDoesNotKnowIsRefusedBeforeTheSwitch() {
        execute(spec.database(), """
                CREATE TABLE flyway_schema_history (installed_rank int, version text, success boolean);
                INSERT INTO flyway_schema_history VALUES (1, '7', true);
                """);
        BackupSource file = run().backup().file();
        instances.knownSchema = "6";

        for (Optional<String> as : List.of(Optional.<String>empty(), Optional.of("new@example.com"))) {
            assertThatThrownBy(() -> backups.restore(new RestoreRequest(file, as, true), BackupProgress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("has the schema 7, which the app notes of this platform does not know");
        }
        assertThat(spares.kept()).isEmpty();
        instances.knownSchema = "7";
        backups.restore(new RestoreRequest(file, Optional.empty(), true), BackupProgress.NONE);
    }

    @Test
    void theAppHasTheLastWordInADrillThatAsksIt() {
        BackupSource file = run().backup().file();
        assertThat(backups.drill(file, false, BackupProgress.NONE).app()).isEmpty();
        assertThat(backups.drill(file, true, BackupProgress.NONE).app()).contains("1.0.0");
        assertThat(instances.verified).singleElement().asString().startsWith(SpareDatabases.SPARE);
        instances.objection = Optional.of("The totals do not add up.");
        assertThatThrownBy(() -> backups.drill(file, true, BackupProgress.NONE))
                .hasMessageContaining("was not proved: The totals do not add up.");
    }

    private static ExportRequest export(Path file, boolean withApp) {
        return new ExportRequest(ACME.toString(), file, List.of(), withApp);
    }

    @Test
    void anExportWithItsAppIsImportedWhereTheAppIsMissing() throws IOException {
        Path jar = Files.createDirectories(data.resolve("apps")).resolve("notes.jar");
        Files.writeString(jar, "1.0.0");
        instances.adopt(jar);
        ArchiveFiles files = new ArchiveFiles(backups);
        Path file = data.resolve("acme.age");
        List<String> key = files.exportTo(export(file, true), BackupProgress.NONE).key().stream()
                .toList();
        Files.delete(jar);
        BackupSource source = BackupSource.of(file);
        Optional<String> as = Optional.of("imported@example.org");

        assertThatThrownBy(() -> files.importFrom(new RestoreRequest(source, as), key, BackupProgress.NONE))
                .hasMessageContaining("not on this platform")
                .hasMessageContaining("--install");
        RestoreRequest inItsPlace = new RestoreRequest(source, Optional.empty(), false, Optional.empty(), true);
        assertThatThrownBy(() -> files.importFrom(inItsPlace, key, BackupProgress.NONE))
                .hasMessageContaining("already an instance");
        assertThat(jar).doesNotExist();
        files.importFrom(new RestoreRequest(source, as, false, Optional.empty(), true), key, BackupProgress.NONE);

        assertThat(jar).hasContent("1.0.0");
        assertThat(value("imported@example.org", "SELECT count(*) FROM note")).isEqualTo("1000");
        assertThat(data.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void anExportWithAnAppThatWasReplacedMeanwhileLeavesNothing() throws IOException {
        Path jar = Files.createDirectories(data.resolve("apps")).resolve("notes.jar");
        Files.writeString(jar, "another one");
        Path file = data.resolve("acme.age");

        assertThatThrownBy(() -> new ArchiveFiles(backups).exportTo(export(file, true), BackupProgress.NONE))
                .hasMessageContaining("was replaced meanwhile");
        assertThat(file).doesNotExist();
    }

    @Test
    void anInstanceGoesToAnotherPlatformInAFileWithAKeyOfItsOwn() throws IOException {
        ArchiveFiles files = new ArchiveFiles(backups);
        Path file = data.resolve("acme.age");
        ExportResult export = files.exportTo(export(file, false), BackupProgress.NONE);
        assertThat(export.bytes()).isEqualTo(Files.size(file));
        assertThat(export.toString()).doesNotContain("AGE-SECRET");
        List<String> key = export.key().stream().toList();
        RestoreRequest asNew = new RestoreRequest(BackupSource.of(file), Optional.of("moved@example.org"));

        assertThatThrownBy(() -> files.exportTo(export(file, false), BackupProgress.NONE))
                .hasMessageContaining("already a file");
        assertThatThrownBy(() -> files.exportTo(export(Path.of("x"), false), BackupProgress.NONE))
                .hasMessageContaining("not absolute");
        assertThatThrownBy(() -> files.importFrom(asNew, List.of(), BackupProgress.NONE))
                .isInstanceOf(BackupKeyException.class);
        assertThatThrownBy(() -> files.importFrom(request(BackupSource.of(file)), key, BackupProgress.NONE))
                .hasMessageContaining("already an instance acme@example.com");
        RestoreResult result = files.importFrom(asNew, key, BackupProgress.NONE);

        assertThat(result.password()).contains("made");
        assertThat(value("moved@example.org", "SELECT count(*) FROM note")).isEqualTo("1000");
        assertThat(instances.all.get(InstanceId.parse("moved@example.org")).settings())
                .isEqualTo(Map.of("color", "red"));
    }

    @Test
    void backupsForOthersOnlyCannotBeReadByThePlatformItself() throws IOException {
        Age.Identity other = Age.generate();
        ArchiveBackups forOthers = backups(false, other.recipient() + ", ", Duration.ZERO);
        assertThat(forOthers.keys().recipients()).containsExactly(other.recipient());
        assertThat(forOthers.keys().own()).isEmpty();

        BackupSource file = forOthers
                .run(ACME.toString(), backups.folder().toString(), BackupProgress.NONE)
                .backup()
                .file();

        assertThatThrownBy(() -> backups.verify(file, BackupProgress.NONE)).isInstanceOf(BackupKeyException.class);
        Files.writeString(
                data.resolve("secrets/backup.keys"), "# public key: " + other.recipient() + "\n" + other.secret());
        assertThat(backups.verify(file, BackupProgress.NONE).allRows()).isEqualTo(1000);
        assertThat(backups.keys().own()).contains(other.recipient());
        Files.writeString(data.resolve("secrets/backup.keys"), other.secret());
        assertThatThrownBy(backups::keys).hasMessageContaining("age-keygen -y");
        assertThatThrownBy(() -> backups(false, "", Duration.ZERO)).hasMessageContaining("for nobody");
        assertThatThrownBy(() -> backups(true, "age1nonsense", Duration.ZERO)).hasMessageContaining("no public key");
    }
}
