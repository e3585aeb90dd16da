package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.RestoreRequest;
import platform.backup.api.TargetSetup;
import platform.core.api.InstanceId;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/**
 * PostgreSQL or the target is killed at random moments: the short form of {@code ./platform bench backup-kills}, which kills the
 * platform as well. {@code -Dkills.seed=N} does the same once more.
 */
@Timeout(300)
class BackupKillsTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final int KILLS = 6;
    private static final Logger LOG = LoggerFactory.getLogger(BackupKillsTest.class);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("kills.seed", new Random().nextInt(1_000_000));
    private final Random random = new Random(seed);
    private final Databases databases = TestPostgres.databases();
    private final SpareDatabases spares = TestPostgres.spares();
    private final DatabaseSpec spec = TestPostgres.newDatabase();
    private final FakeInstances instances = new FakeInstances(databases, spares);
    /** What the database had at each backup, by the backup's file. */
    private final Map<String, String> backedUp = new HashMap<>();

    private RealNginx target;
    private ArchiveBackups backups;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("secrets"));
        target = RealNginx.start(Files.createDirectories(folder.resolve("nginx")));
        Targets targets = Platforms.targets(data);
        targets.add(new TargetSetup(
                "dav", target.address("dav"), Optional.empty(), Optional.empty(), Optional.empty(), 0, Set.of()));
        backups = new ArchiveBackups(
                Platforms.config(true, ""),
                data,
                new ManagerContent(
                        data, data.resolve("defaults"), "0.1.0", instances.instances(), instances.services()),
                targets,
                instances.instances(),
                instances.services(),
                instances,
                databases,
                TestPostgres.dumps(),
                spares,
                () -> DiskLevel.OK,
                Clock.systemUTC());
        instances.add(ACME, spec.database(), Map.of());
        ask("CREATE TABLE note (id int PRIMARY KEY, text text)");
        ask("INSERT INTO note SELECT i, md5(i::text) FROM generate_series(1, 20000) i");
        backup();
    }

    @AfterEach
    void stop() {
        // What a crash has left the next start of the platform removes.
        databases.databases().stream()
                .filter(name -> name.startsWith(SpareDatabases.SPARE))
                .forEach(spares::drop);
        spares.kept().forEach(spares::drop);
        backups.close();
        target.close();
    }

    private String ask(String sql) {
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection();
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

    private String content() {
        return ask("SELECT count(*) || ' ' || sum(hashtext(note::text)) FROM note");
    }

    private void backup() {
        backups.run(ACME.toString(), "dav", BackupProgress.NONE);
        noteNewFiles(content());
    }

    /** Whatever is listed is complete, and has what the database had. */
    private void noteNewFiles(String content) {
        for (BackupSource file : files()) {
            if (!backedUp.containsKey(file.toString())) {
                backups.verify(file, BackupProgress.NONE);
                backedUp.put(file.toString(), content);
            }
        }
    }

    private List<BackupSource> files() {
        return backups.list("dav").stream().map(it -> it.file()).toList();
    }

    private void restore(BackupSource file) {
        backups.restore(new RestoreRequest(file, Optional.empty()), BackupProgress.NONE);
    }

    private static Duration time(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void whateverIsKilledTheDataIsOldOrNewAndEveryListedBackupIsWhole() throws Exception {
        System.out.println("-Dkills.seed=" + seed);
        Duration usualBackup = time(this::backup);
        Duration usualRestore = time(() -> restore(files().get(0)));
        for (int kill = 1; kill <= KILLS; kill++) {
            ask("UPDATE note SET text = text || 'x' WHERE id % 1000 = " + kill);
            String before = content();
            BackupSource file = files().get(random.nextInt(files().size()));
            boolean restores = random.nextBoolean();
            Duration usual = restores ? usualRestore : usualBackup;
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
                if (restores) {
                    restore(file);
                } else {
                    backups.run(ACME.toString(), "dav", BackupProgress.NONE);
                }
            });
            Thread.sleep((long) (usual.toMillis() * random.nextDouble()));
            killAndStart(random.nextBoolean());
            boolean done = isDone(work);
            String after = content();
            String wanted = restores ? backedUp.get(file.toString()) : before;
            assertThat(after)
                    .as("kill %d of -Dkills.seed=%d, %s, done: %s", kill, seed, restores ? "restore" : "backup", done)
                    .isIn(done ? List.of(wanted) : List.of(wanted, before));
            noteNewFiles(before);
        }
    }

    private static boolean isDone(CompletableFuture<Void> work) {
        try {
            work.join();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    private void killAndStart(boolean server) throws Exception {
        if (server) {
            killServer();
        } else {
            target.kill();
            target.startAgain();
        }
    }

    /** When a session's process is killed, PostgreSQL throws away all sessions and its memory, and recovers as after a crash. */
    private void killServer() throws InterruptedException {
        try (Database database = databases.open(spec);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly();
        } catch (SQLException e) {
            LOG.debug("The session that was killed", e);
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Thread.sleep(100);
        while (!answers()) {
            assertThat(System.nanoTime()).as("PostgreSQL recovers").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try {
            return !content().isEmpty();
        } catch (IllegalStateException | DatabaseException e) {
            return false;
        }
    }
}
