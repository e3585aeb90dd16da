package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;
import platform.backup.api.RunOutcome;
import platform.backup.api.TargetSetup;
import platform.core.api.InstanceId;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.DiskLevel;
import platform.db.api.SpareDatabases;
import platform.db.postgresql.TestPostgres;

/** What schedules and command files have made, of a database on a real server. */
class ArchiveRunnerTest {

    private static final String ACME = "acme@example.com";
    private static final String NAME = "nightly/acme@example.com/acme@example.com-20261127-020000Z.tar.zst.age";

    @TempDir
    Path data;

    private final Databases databases = TestPostgres.databases();
    private final SpareDatabases spares = TestPostgres.spares();
    private final FakeInstances instances = new FakeInstances(databases, spares);
    private ArchiveBackups backups;
    private Targets targets;
    private ArchiveRunner runner;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        DatabaseSpec spec = TestPostgres.newDatabase();
        instances.add(InstanceId.parse(ACME), spec.database(), Map.of());
        targets = Platforms.targets(data);
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
        runner = new ArchiveRunner(backups, targets);
    }

    @AfterEach
    void stop() {
        backups.close();
    }

    private void addTarget(Path folder, String... excluded) {
        targets.add(new TargetSetup(
                "away",
                folder.toUri().toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Set.of(excluded)));
    }

    @Test
    void aBackupOnATargetIsCompleteListedAndCanBeVerified(@TempDir Path folder) throws Exception {
        addTarget(folder);
        BackupRunner.Result result = runner.backUp(ACME, "away", NAME, BackupProgress.NONE);

        assertThat(result.outcome()).isEqualTo(RunOutcome.COMPLETE);
        assertThat(result.bytes()).isEqualTo(Files.size(folder.resolve(NAME)));
        assertThat(runner.kept("away", "nightly/acme@example.com/"))
                .extracting(BackupRunner.Kept::name)
                .containsExactly(NAME);
        assertThat(backups.verify(BackupSource.of(folder.resolve(NAME)), BackupProgress.NONE)
                        .header()
                        .instance())
                .isEqualTo(ACME);
        assertThat(backups.list(folder.toString())).as("the name is a backup's").hasSize(1);

        runner.prove("away", NAME);
        assertThat(backups.lastProved(ACME)).isPresent();
        assertThat(backups.list("away"))
                .singleElement()
                .satisfies(it -> assertThat(it.proved()).isPresent());
        assertThat(instances.verified).as("its app was asked").hasSize(1);
        assertThatThrownBy(() -> runner.prove("away", "none.age"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("There is no none.age");

        runner.delete("away", NAME);
        assertThat(runner.kept("away", "")).isEmpty();
    }

    @Test
    void aFolderNeedsNoTarget(@TempDir Path folder) throws Exception {
        assertThat(runner.backUp(ACME, folder.toString(), NAME, BackupProgress.NONE)
                        .outcome())
                .isEqualTo(RunOutcome.COMPLETE);
        assertThat(folder.resolve(NAME)).exists();
    }

    @Test
    void whatLiesOnThePlatformItselfIsRefused() {
        for (String folder : List.of("etc/backups", "instances", "pgsql/backups")) {
            assertThatThrownBy(() -> runner.backUp(ACME, data.resolve(folder).toString(), NAME, BackupProgress.NONE))
                    .hasMessageContaining("part of the platform's own data");
            assertThat(data.resolve(folder)).doesNotExist();
        }
        URI own = URI.create("http://me:secret@localhost:" + Platforms.HTTP + "/example.com/acme/dav/x");
        assertThatThrownBy(() -> runner.put(ACME, own, BackupProgress.NONE))
                .hasMessageContaining("this very platform")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatATargetExcludesIsRefused(@TempDir Path folder) {
        addTarget(folder, ACME);
        assertThatThrownBy(() -> runner.backUp(ACME, "away", NAME, BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("excludes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatDoesNotExistIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> runner.backUp("gone@example.com", folder.toString(), NAME, BackupProgress.NONE))
                .isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> runner.backUp(ACME, "nowhere", NAME, BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("no target 'nowhere'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCommandFilesBackupIsPutWithItsLogin(@TempDir Path folder) throws Exception {
        Map<String, byte[]> got = new ConcurrentHashMap<>();
        Map<String, String> logins = new ConcurrentHashMap<>();
        HttpServer server = server(got, logins, 201);
        try {
            URI url = URI.create(
                    "http://me:pass%20word@127.0.0.1:" + server.getAddress().getPort() + "/in/acme%40x?n=1");
            BackupRunner.Result result = runner.put(ACME, url, BackupProgress.NONE);

            byte[] sent = got.get("PUT /in/acme%40x?n=1");
            assertThat(result).isEqualTo(new BackupRunner.Result(sent.length, RunOutcome.COMPLETE, ""));
            assertThat(logins.values())
                    .containsOnly("Basic "
                            + Base64.getEncoder().encodeToString("me:pass word".getBytes(StandardCharsets.UTF_8)));
            Path file = Files.write(folder.resolve("got"), sent);
            assertThat(backups.verify(BackupSource.of(file), BackupProgress.NONE)
                            .header()
                            .instance())
                    .isEqualTo(ACME);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPutThatTheServerRefusesFails() throws Exception {
        HttpServer server = server(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), 507);
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/acme");
            assertThatThrownBy(() -> runner.put(ACME, url, BackupProgress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("507");
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server(Map<String, byte[]> got, Map<String, String> logins, int status)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            got.put(request, exchange.getRequestBody().readAllBytes());
            logins.put(request, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
