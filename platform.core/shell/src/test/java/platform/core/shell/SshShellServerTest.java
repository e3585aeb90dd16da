package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.Role;

/** The shell over SSH, with OpenSSH's own client. */
class SshShellServerTest {

    @TempDir
    static Path folder;

    private static SshFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SshFixture(folder, SshFixture.config("0", 20));
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.gogo.audit.entries.clear();
    }

    private static SshFixture.Result ssh(String user, String... command) throws Exception {
        return fixture.ssh("", user, command);
    }

    @Test
    void aCommandTellsItsOutputItsErrorsAndItsStatus() throws Exception {
        SshFixture.Result right = ssh("admin", "instance:list");
        assertThat(right.err()).doesNotContain("denied");
        assertThat(right.out()).contains("acme@example.com", "beta@example.org");
        assertThat(right.status()).isZero();

        SshFixture.Result wrong = ssh("admin", "app:info", "none");
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("'none'");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(ssh("admin", "app:info").status()).isEqualTo(2);
        assertThat(ssh("admin", "exit 7").status()).isEqualTo(7);
    }

    @Test
    void aScriptIsReadFromStandardInput() throws Exception {
        assertThat(fixture.ssh("echo one\necho two\n", "admin").out()).isEqualTo("one\ntwo\n");
        assertThat(fixture.ssh("a new long password\n", "admin", "user:passwd own")
                        .status())
                .isZero();
        assertThat(fixture.gogo.users.calls).contains("password own a new long password");
    }

    @Test
    void aTerminalHasLineEditingAndCompletion() throws Exception {
        SshFixture.Result shell =
                fixture.ssh("app:lis\tx\u0008\u007f\r" + "echo val$((1))\u0015exit 3\r", "admin", "-tt");
        assertThat(shell.out()).contains("platform>", "FAILED");
        assertThat(shell.status()).isEqualTo(3);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(fixture.data.resolve("shell/history-ssh-admin"))))
                .isEqualTo("rw-------");
    }

    @Test
    void rolesAndScopesHold() throws Exception {
        assertThat(ssh("own", "instance:list").out())
                .contains("acme@example.com")
                .doesNotContain("beta");
        assertThat(ssh("viewer", "instance:stop acme@example.com").err()).contains("takes the role operator");
        assertThat(ssh("operator", "instance:list; platform:shutdown").status()).isNotZero();
        assertThat(fixture.gogo.platform.stopping).isFalse();
        assertThat(fixture.gogo.audit.entries)
                .anyMatch(entry -> entry.startsWith("viewer instance:stop") && entry.contains("refused"));
        assertThat(fixture.gogo.audit.kept)
                .anyMatch(entry -> entry.event().caller().from().equals("127.0.0.1"));
    }

    @Test
    void whoIsDisabledMeanwhileCanDoNothingMore() throws Exception {
        fixture.gogo.users.add("leaver", Role.ADMINISTRATOR, AccessScope.EVERYTHING, Optional.empty());
        SshFixture.Result result = fixture.ssh("user:remove leaver\nplatform:shutdown\n", "leaver");
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("no user 'leaver'");
        assertThat(fixture.gogo.platform.stopping).isFalse();
    }

    @Test
    void loginsAndRefusalsAreNotedWithTheirAddress() throws Exception {
        ssh("viewer", "app:list");
        assertThat(fixture.gogo.audit.entries)
                .anyMatch(entry -> entry.startsWith("viewer ssh:login key SHA256:") && entry.endsWith(": done"));
    }

    @Test
    void aStrangersKeyIsRefused() throws Exception {
        Path other = fixture.keygen("ed25519", "other");
        List<String> command = fixture.client("ssh", "-p", String.valueOf(fixture.port()), "-l", "admin");
        command.set(command.indexOf("-i") + 1, other.toString());
        command.addAll(List.of("127.0.0.1", "app:list"));
        SshFixture.Result result = fixture.run("", command);
        assertThat(result.status()).isEqualTo(255);
        assertThat(result.err()).contains("Permission denied");
        assertThat(ssh("nobody", "app:list").err()).contains("Permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KexAlgorithms=diffie-hellman-group14-sha1",
                "KexAlgorithms=diffie-hellman-group14-sha256",
                "Ciphers=aes128-cbc",
                "Ciphers=3des-cbc",
                "MACs=hmac-sha1",
                "HostKeyAlgorithms=ssh-rsa"
            })
    void oldAlgorithmsAreRefused(String option) throws Exception {
        // With a cipher that has its own, no MAC would be negotiated at all.
        SshFixture.Result result =
                ssh("admin", "-o", option, "-o", "Ciphers=aes128-ctr,aes128-cbc,3des-cbc", "app:list");
        SshFixture.Result alone = ssh("admin", "-o", option, "app:list");
        boolean mac = option.startsWith("MACs");
        assertThat((mac ? result : alone).err()).contains("no matching");
    }

    @Test
    void exchangesAreStrictAsAgainstTerrapin() throws Exception {
        assertThat(ssh("admin", "-vv", "app:list").err()).contains("kex-strict-s-v00@openssh.com");
    }

    @Test
    void nothingIsForwarded() throws Exception {
        List<String> remote = List.of("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "app:list");
        assertThat(ssh("admin", remote.toArray(String[]::new)).status()).isEqualTo(255);
        SshFixture.Result local = ssh("admin", "-W", "127.0.0.1:" + fixture.port());
        assertThat(local.out()).isEmpty();
        assertThat(local.status()).isEqualTo(255);
    }

    @Test
    void aPasswordLetsInAndAWrongOneDoesNot() throws Exception {
        SshPasswordClient client = new SshPasswordClient(fixture.port());
        assertThat(client.login("viewer", FakeUsers.PASSWORD)).isTrue();
        assertThat(client.login("viewer", "wrong\u001b[31m")).isFalse();
        assertThat(client.login("nobody\n" + "x".repeat(5000), FakeUsers.PASSWORD))
                .isFalse();

        assertThat(fixture.gogo.audit.entries)
                .containsExactly("viewer ssh:login password: begun", "viewer ssh:login password: done");
    }

    @Test
    void aSecondFactorIsAskedForByItself() throws Exception {
        fixture.gogo.users.withTotp("totp");
        SshPasswordClient client = new SshPasswordClient(fixture.port());
        assertThat(client.answer("totp", FakeUsers.PASSWORD, FakeUsers.CODE)).isTrue();
        assertThat(client.prompts()).containsExactly("Password: ", "Code of your authenticator: ");
        assertThat(client.answer("totp", FakeUsers.PASSWORD, "000000")).isFalse();
        assertThat(client.answer("viewer", FakeUsers.PASSWORD, "")).isFalse();
        assertThat(client.prompts()).as("who has none is not asked").isEmpty();
    }

    @Test
    void theHostKeyIsMadeOnceAndShown() throws Exception {
        String shown = fixture.server.fingerprint();
        Path file = fixture.data.resolve("secrets/ssh_host_ed25519_key");
        assertThat(fixture.run("", List.of("ssh-keygen", "-lf", file.toString()))
                        .out())
                .contains(shown);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new SshHostKey(fixture.data.resolve("secrets")).fingerprint())
                .isEqualTo(shown);
        assertThat(ssh("viewer", "ssh:info").out()).contains(shown, "127.0.0.1 port " + fixture.port());
    }

    @Test
    void aThousandDroppedSessionsLeaveNoThreadBehind() throws Exception {
        ssh("admin", "app:list");
        await(() -> fixture.server.clients() == 0);
        long before = threads();
        for (int i = 0; i < 1000; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
                if (i % 3 > 0) {
                    socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                if (i % 3 == 2) {
                    socket.setSoLinger(true, 0);
                }
            }
        }
        List<Process> cut = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<String> command = fixture.client("ssh", "-tt", "-p", String.valueOf(fixture.port()), "-l", "admin");
            command.add("127.0.0.1");
            cut.add(new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        await(() -> shells() >= 5);
        cut.forEach(Process::destroyForcibly);

        await(() -> fixture.server.clients() == 0);
        await(() -> shells() == 0);
        await(() -> threads() <= before + 2);
    }

    private static long shells() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ssh shell"))
                .count();
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void strangersAreLimitedAndDoNotKeepOthersOut() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port());
                strangers.add(socket);
                assertThat(socket.getInputStream().read()).isEqualTo('S');
            }
            try (Socket beyond = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
                assertThat(readToEnd(beyond)).isEmpty();
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
        await(() -> fixture.server.clients() == 0);
        assertThat(ssh("admin", "app:list").status()).isZero();
    }

    private static String readToEnd(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndOffIsOff() throws Exception {
        try (SshFixture second = new SshFixture(folder.resolve("second"), SshFixture.config("" + fixture.port(), 20));
                SshFixture off = new SshFixture(folder.resolve("off"), SshFixture.config("off", 20))) {
            assertThat(second.server.address()).isEmpty();
            assertThat(second.server.trouble()).contains("port " + fixture.port(), "etc/platform.core.shell.ssh.cfg");
            assertThat(off.server.address()).isEmpty();
            assertThat(off.server.trouble()).isEmpty();
        }
    }
}
