package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.db.api.DatabaseSpec;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.api.WalArchive;
import platform.db.postgresql.TestPostgres;

/** An instance on a real server is archived to a folder, and restored to earlier times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PointInTimeTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    @TempDir
    static Path data;

    private final Clock clock = Clock.systemUTC();
    private final SpareDatabases spares = TestPostgres.spares();
    private final FakeInstances instances = new FakeInstances(TestPostgres.databases(), spares);
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final Set<String> steps = new TreeSet<>();
    private final BackupProgress progress = (step, done, total) -> steps.add(step);
    private ArchiveBackups backups;
    private KeptPointInTime archive;

    @BeforeAll
    void archive() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        instances.add(ACME, spec.database(), Map.of("color", "red"));
        ask("CREATE TABLE other (id int)");
        backups = new ArchiveBackups(
                Platforms.config(true, ""),
                data,
                new ManagerContent(
                        data, data.resolve("defaults"), "0.1.0", instances.instances(), instances.services()),
                Platforms.targets(data),
                instances.instances(),
                instances.services(),
                instances,
                TestPostgres.databases(),
                TestPostgres.dumps(),
                spares,
                () -> DiskLevel.OK,
                clock);
        archive = archive("book.json");
        switchOn();
    }

    private void switchOn() {
        archive.on(new ArchiveSetup(data.resolve("target").toString(), Duration.ofDays(1), Duration.ofDays(7)));
        archive.tick();
    }

    private KeptPointInTime archive(String file) {
        WalArchive wal = TestPostgres.walArchive();
        ArchiveBook book = new ArchiveBook(data.resolve(file));
        ArchiveStore.Opener stores =
                chain -> new ArchiveStore(new FolderTarget(Path.of(chain.target())), chain, backups.keyRing());
        return new KeptPointInTime(
                book,
                wal,
                new Archiver(book, wal, stores, () -> DiskLevel.OK, clock),
                new BaseBackups(book, wal, stores, Runnable::run, clock),
                new ArchiveAlarms(new ListedAlarms(), book, clock),
                new TimeRestorer(
                        book,
                        stores,
                        TestPostgres.recovery(),
                        instances.instances(),
                        instances,
                        "embedded",
                        TestPostgres.databases(),
                        spares,
                        backups,
                        data.resolve("backups/.point-in-time"),
                        clock),
                data.resolve("etc"),
                clock);
    }

    @AfterAll
    void end() throws IOException {
        archive.off();
        spares.kept().forEach(spares::drop);
        backups.close();
        try (Stream<Path> left = Files.list(data.resolve("backups/.point-in-time"))) {
            assertThat(left).isEmpty();
        }
    }

    private String ask(String sql) {
        return ask(spec, sql);
    }

    private static String ask(DatabaseSpec database, String sql) {
        try (Database open = TestPostgres.databases().open(database);
                Connection connection = open.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
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

    private static TimeRestoreRequest request(Instant to) {
        return new TimeRestoreRequest(ACME.toString(), to, Optional.empty());
    }

    @Test
    void anInstanceIsRestoredToTheMomentBeforeAMistake() {
        ask("CREATE TABLE note (id int PRIMARY KEY); INSERT INTO note VALUES (1), (2), (3)");
        Instant before = clock.instant();
        ask("DELETE FROM note");
        ask("DROP TABLE note");
        TimeRestorePlan plan = archive.plan(request(before));
        assertThat(plan.exists()).isTrue();
        assertThat(plan.bytesNeeded()).isGreaterThan(plan.bytesToFetch());
        RestoreResult result = archive.restore(request(before), progress);
        assertThat(ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM note"))
                .isEqualTo("1 2 3");
        assertThat(spares.kept()).contains(result.formerDatabase().orElseThrow());
        assertThat(steps).contains("replay");
        assertThatThrownBy(() -> archive.plan(request(clock.instant().minus(Duration.ofDays(1)))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no archive of that time")
                .hasMessageContaining("One can restore from");
        assertThatThrownBy(() -> archive.plan(request(clock.instant().plusSeconds(60))))
                .hasMessageContaining("still to come");
        instances.add(InstanceId.parse("far@example.com"), "far", "pg1", Map.of());
        assertThatThrownBy(() -> archive.plan(new TimeRestoreRequest("far@example.com", before, Optional.empty())))
                .hasMessageContaining("its database is on the server pg1");
    }

    @Test
    void whatWasIsPutBesideWhatIsAndAGapIsRefused() throws IOException {
        Instant then = clock.instant();
        ask("INSERT INTO other VALUES (1)");
        archive.restore(new TimeRestoreRequest(ACME.toString(), then, Optional.of("then@example.com")), progress);
        DatabaseSpec copy = new DatabaseSpec("then@example.com", "then@example.com", "password");
        assertThat(ask(copy, "SELECT count(*) FROM other")).isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM other")).isEqualTo("1");
        Path segment = newestSegment();
        Files.move(segment, data.resolve("lost"));
        assertThatThrownBy(() -> archive.restore(request(then), progress))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(segment.getFileName().toString().substring(0, 24))
                .hasMessageContaining("is missing on the target, and nothing can be restored across a gap");
        Files.move(data.resolve("lost"), segment);
        assertThat(ask("SELECT count(*) FROM other")).isEqualTo("1");

        archive = archive("book of a platform that was made anew.json");
        switchOn();
        archive.restore(request(then), progress);
        assertThat(ask("SELECT count(*) FROM other")).isEqualTo("0");
    }

    private static Path newestSegment() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}\\.zst\\.age"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }
}
