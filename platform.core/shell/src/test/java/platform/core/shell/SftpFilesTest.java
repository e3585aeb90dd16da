package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over SFTP, with OpenSSH's {@code sftp} and {@code scp}, and with a client that follows no rules. */
class SftpFilesTest {

    @TempDir
    static Path folder;

    private static SshFixture fixture;
    private static Path data;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SshFixture(folder, SshFixture.config("0", 20));
        data = fixture.data;
        Files.writeString(data.resolve("logs/files/files.log"), "a line\n");
        Files.writeString(data.resolve("secrets/seal.key"), "a secret");
        Files.writeString(data.resolve("backups/acme.backup"), "encrypted");
        Files.writeString(data.resolve("dumps/heap.hprof"), "memory");
        Files.createSymbolicLink(data.resolve("logs/escape"), data.resolve("secrets"));
        Files.createSymbolicLink(data.resolve("logs/key"), data.resolve("secrets/seal.key"));
        Files.createSymbolicLink(data.resolve("apps/link.jar"), data.resolve("secrets/seal.key"));
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.gogo.audit.entries.clear();
    }

    private static SshFixture.Result sftp(String user, String batch) throws Exception {
        List<String> command = fixture.client("sftp", "-b", "-", "-P", String.valueOf(fixture.port()));
        command.add(user + "@127.0.0.1");
        return fixture.run(batch, command);
    }

    private static SshFixture.Result scp(String... arguments) throws Exception {
        List<String> command = fixture.client("scp", "-s", "-p", "-P", String.valueOf(fixture.port()));
        command.addAll(List.of(arguments));
        return fixture.run("", command);
    }

    @Test
    void eachRoleSeesItsFolders() throws Exception {
        assertThat(sftp("viewer", "ls -1 /\n").out().lines().skip(1)).containsExactly("/logs");
        assertThat(sftp("operator", "ls -1a /\n").out())
                .contains("backups", "logs")
                .doesNotContain("secrets", "dumps");
        assertThat(sftp("admin", "ls -1a /\n").out())
                .contains("apps", "backups", "dumps", "logs")
                .doesNotContain("secrets", "etc", "run");
        assertThat(sftp("own", "ls -1 /\n").out().lines().skip(1))
                .as("a scope is not enough")
                .isEmpty();
    }

    @Test
    void logsAreReadByViewersAndWrittenByNobody() throws Exception {
        Path copy = folder.resolve("copy.log");
        assertThat(scp("viewer@127.0.0.1:/logs/files/files.log", copy.toString())
                        .status())
                .isZero();
        assertThat(copy).hasContent("a line");
        assertThat(sftp("admin", "put " + copy + " /logs/files/files.log\n").err())
                .contains("Permission denied");
        assertThat(sftp("admin", "rm /logs/files/files.log\n").status()).isNotZero();
        assertThat(data.resolve("logs/files/files.log")).hasContent("a line");
        assertThat(sftp("viewer", "get /dumps/heap.hprof\n").err()).contains("not found");
    }

    @Test
    void administratorsInstallAppsAndAllThatIsNoted() throws Exception {
        Path jar = Files.writeString(folder.resolve("app.jar"), "content");
        assertThat(scp(jar.toString(), "admin@127.0.0.1:/apps/app.jar").err()).doesNotContain("failed");
        assertThat(data.resolve("apps/app.jar")).hasContent("content");
        Files.writeString(jar, "newer");
        assertThat(scp(jar.toString(), "admin@127.0.0.1:/apps/app.jar").status())
                .isZero();
        assertThat(data.resolve("apps/app.jar")).hasContent("newer");
        assertThat(sftp("operator", "put " + jar + " /apps/other.jar\n").status())
                .isNotZero();
        assertThat(sftp("admin", "rename /apps/app.jar /apps/b.jar\nrm /apps/b.jar\n")
                        .status())
                .isZero();

        assertThat(data.resolve("apps").toFile().list()).containsExactly("link.jar");
        assertThat(fixture.gogo.audit.entries)
                .contains(
                        "admin sftp:write /apps/app.jar: done",
                        "admin sftp:rename /apps/app.jar /apps/b.jar: done",
                        "admin sftp:remove /apps/b.jar: done");
    }

    @Test
    void whoReadsBackupsIsNoted() throws Exception {
        assertThat(sftp("operator", "get /backups/acme.backup " + folder.resolve("got") + "\n")
                        .status())
                .isZero();
        assertThat(fixture.gogo.audit.entries).contains("operator sftp:read /backups/acme.backup: done");
        assertThat(sftp("operator", "rm /backups/acme.backup\n").status()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secrets/seal.key",
                "/logs/../secrets/seal.key",
                "/../../logs/../secrets/seal.key",
                "logs/../../data/secrets/seal.key",
                "/logs/escape/seal.key",
                "/logs/key",
                "//logs//./escape/../../secrets/seal.key",
                "/apps/link.jar",
                "/logs/\u0000/../../secrets/seal.key",
                "/logs/files/files.log/../../../secrets/seal.key",
                "C:\\secrets\\seal.key",
                "/LOGS/files/files.log"
            })
    void nothingElseIsReached(String path) throws Exception {
        try (SshClient client = SshClient.setUpDefaultClient();
                ClientSession session = login(client);
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            assertThat(fails(() -> sftp.read(path).readAllBytes())).isTrue();
            assertThat(fails(() -> sftp.stat(path))).isTrue();
            assertThat(fails(() -> sftp.write(path).close())).isTrue();
            assertThat(fails(() -> sftp.remove(path))).isTrue();
            assertThat(fails(() -> sftp.symLink("/apps/new", path))).isTrue();
            assertThat(fails(() -> sftp.rename(path, "/apps/x"))).isTrue();
        }
        assertThat(data.resolve("secrets/seal.key")).hasContent("a secret");
    }

    @Test
    void anUploadThatIsCutOffLeavesNothing() throws Exception {
        Files.writeString(data.resolve("apps/kept.jar"), "whole");
        try (SshClient client = SshClient.setUpDefaultClient()) {
            ClientSession session = login(client);
            SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
            OutputStream out = sftp.write("/apps/kept.jar");
            out.write("half".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            session.close(true).await(60_000);
        }
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); draft().length > 0; ) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(data.resolve("apps/kept.jar")).hasContent("whole");
        Files.delete(data.resolve("apps/kept.jar"));
    }

    private static String[] draft() {
        return data.resolve("apps").toFile().list((dir, name) -> name.endsWith(".part"));
    }

    private static ClientSession login(SshClient client) throws IOException {
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
        ClientSession session = client.connect("admin", "127.0.0.1", fixture.port())
                .verify(60_000)
                .getSession();
        session.addPasswordIdentity(FakeUsers.PASSWORD);
        session.auth().verify(60_000);
        return session;
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static boolean fails(Attempt attempt) {
        try {
            attempt.run();
            return false;
        } catch (IOException | RuntimeException refused) {
            return true;
        }
    }
}
