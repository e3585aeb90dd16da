package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.InstanceId;
import platform.core.api.State;

/** The shell over its real socket. */
class ShellServerTest {

    @TempDir
    Path data;

    private final FakeGogo gogo = new FakeGogo();
    private ShellServer server;
    private Path socket;

    @BeforeEach
    void start() throws IOException {
        server = new ShellServer(data, gogo.processor);
        socket = data.resolve("run/shell.sock");
        gogo.instances.with("acme@example.com", "files").with("beta@example.org", "files");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        gogo.close();
    }

    private TestClient run(String... arguments) throws IOException {
        return TestClient.run(socket, "", arguments);
    }

    @Test
    void onlyTheOwnerCanReachTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aSocketTooDeepForTheOperatingSystemLiesElsewhereAndSaysWhere() throws IOException {
        Path deep = data.resolve("d".repeat(120));
        ShellServer other = new ShellServer(deep, gogo.processor);
        Path pointer = deep.resolve("run/shell.path");
        Path elsewhere = Path.of(Files.readString(pointer));
        assertThat(TestClient.run(elsewhere, "", "app:list").status()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.getParent())))
                .isEqualTo("rwx------");
        other.close();
        assertThat(pointer).doesNotExist();
        assertThat(elsewhere.getParent()).doesNotExist();
    }

    @Test
    void aSocketLeftByAKilledPlatformIsReplaced() throws IOException {
        server.close();
        Files.createFile(socket);
        server = new ShellServer(data, gogo.processor);
        assertThat(run("app:list").status()).isZero();
    }

    @Test
    void severalArgumentsAreTakenAsTheyAre() throws IOException {
        String odd = "a $x \"q\" 'r' | ; { * \\ ü";
        TestClient client = run("instance:create", "nu@example.com", "--app", odd, "--set", "k=" + odd, "--path", "");
        assertThat(client.err()).isEmpty();
        assertThat(gogo.instances.lastSpec.app()).isEqualTo(odd);
        assertThat(gogo.instances.lastSpec.settings()).containsEntry("k", odd);
        assertThat(gogo.instances.lastSpec.path()).contains("");
    }

    @Test
    void oneArgumentIsALineOfTheShellsLanguage() throws IOException {
        assertThat(run("app:list | grep RUNNING; echo done").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("files"),
                        line -> assertThat(line).isEqualTo("done"));
    }

    @Test
    void theExitStatusTellsSuccessFailureAndWrongUsage() throws IOException {
        assertThat(run("app:list").status()).isZero();
        assertThat(run("app:start", "none").status()).isEqualTo(1);
        assertThat(run("app:start").status()).isEqualTo(2);
        assertThat(run("nonsense").status()).isEqualTo(2);
        assertThat(run("echo 'open").status()).isEqualTo(2);
        assertThat(run("app:list | grep nothing").status()).isEqualTo(1);
        assertThat(run("app:info none | cat").status()).isEqualTo(1);
        assertThat(run("exit 7").status()).isEqualTo(7);
    }

    @Test
    void aScriptStopsAtItsFirstFailureAndNamesTheLine() throws IOException {
        TestClient client = TestClient.run(socket, "echo one\n# a remark\n\napp:info none\necho two\n");
        assertThat(client.out()).isEqualTo("one\n");
        assertThat(client.err()).contains("'none'").endsWith("The script stops at its line 4.\n");
        assertThat(client.status()).isEqualTo(1);
    }

    @Test
    void aScriptsCommandReadsThePasswordFromTheNextLine() throws IOException {
        String script =
                "instance:create nu@example.com --app files --password -\n007\necho \"a\nb\"\nexit 3\necho never";
        TestClient client = TestClient.run(socket, script);
        assertThat(gogo.instances.lastSpec.password()).contains("007");
        assertThat(client.out()).contains("Created nu@example.com.").endsWith("a\nb\n");
        assertThat(client.status()).isEqualTo(3);
    }

    @Test
    void standardInputIsLeftAloneByACommandThatDoesNotReadIt() throws IOException {
        assertThat(TestClient.run(socket, "input", "app:list").asks()).isZero();
    }

    @Test
    void aClientOfAnotherVersionIsToldSo() throws IOException {
        TestClient client = TestClient.ofVersion(socket, 9);
        assertThat(client.err()).contains("version 9").contains("version 1");
        assertThat(client.status()).isEqualTo(1);
    }

    @Test
    void aClientThatHangsUpInterruptsItsCommand() throws Exception {
        TestClient client = TestClient.begin(socket, "echo begun; sleep 1000; app:stop files");
        client.awaitOutput("begun").close();
        server.close();
        assertThat(gogo.services.calls).isEmpty();
    }

    @Test
    void workOnceBegunGoesOnWhenTheClientHangsUp() throws Exception {
        gogo.instances.gated = true;
        TestClient client = TestClient.begin(socket, "instance:start", "acme@example.com");
        assertThat(gogo.instances.starting.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();
        gogo.instances.gate.countDown();
        assertThat(gogo.instances.started.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gogo.instances.find(InstanceId.parse("acme@example.com")))
                .get()
                .extracting("state")
                .isEqualTo(State.RUNNING);
    }

    @Test
    void aLongOutputArrivesWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(i).append(" of many\n");
        }
        assertThat(TestClient.run(socket, text.toString(), "cat -").out()).isEqualTo(text.toString());
    }

    @Test
    void theStoppingPlatformEndsAnIdleShell() throws IOException {
        TestClient client = TestClient.terminal(socket).awaitOutput("platform>");
        server.close();
        assertThat(client.awaitOutput("The platform stops").awaitEnd().status()).isZero();
    }

    @Test
    void aTerminalEditsCompletesAndRemembers() throws IOException {
        TestClient client = TestClient.terminal(socket).awaitOutput("platform>");
        client.type("app:lis\t\r").awaitOutput("FAILED").awaitOutput("platform>");
        client.type("instance:info ac\t\r").awaitOutput("example.com_acme").awaitOutput("platform>");
        client.type("instance:edit acme@example.com --set q=1\r")
                .awaitOutput("Changed")
                .awaitOutput("platform>");
        client.type("x = 5\r").awaitOutput("5").awaitOutput("platform>");
        client.type("never run").awaitOutput("run").type("\u0003").awaitOutput("platform>");
        client.type("echo val$x\r").awaitOutput("val5").awaitOutput("platform>");
        client.type("\u001bOA\u001bOA\r").awaitOutput("5").awaitOutput("platform>");
        client.type("\u0004").awaitEnd();
        assertThat(client.status()).isZero();
    }

    @Test
    void theHistoryIsTheOwnersAndHoldsNoPassword() throws IOException {
        TestClient client = TestClient.terminal(socket).awaitOutput("platform>");
        client.type("echo harmless\r").awaitOutput("platform>");
        client.type("instance:edit acme@example.com --password hush\r").awaitOutput("Changed");
        client.type("exit\r").awaitEnd();
        Path file = data.resolve("shell").resolve("history-" + System.getProperty("user.name"));
        assertThat(Files.readString(file)).contains("harmless").doesNotContain("hush");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void controlCStopsACommandAndTheShellGoesOn() throws IOException {
        TestClient client = TestClient.terminal(socket).awaitOutput("platform>");
        client.type("x = kept; echo be''gun; sleep 1000\r").awaitOutput("begun");
        client.type("\u0003").awaitOutput("platform>");
        client.type("echo and $x\r").awaitOutput("and kept").awaitOutput("platform>");
        client.type("exit 4\r").awaitEnd();
        assertThat(client.status()).isEqualTo(4);
    }

    @Test
    void anInstanceIsDeletedAfterItsNameWasTyped() throws IOException {
        TestClient no = TestClient.terminal(socket, "instance:delete", "acme@example.com");
        no.awaitOutput("confirm:").type("yes\r").awaitEnd();
        assertThat(no.status()).isEqualTo(1);
        assertThat(gogo.instances.infos).hasSize(2);

        TestClient yes = TestClient.terminal(socket, "instance:delete", "acme@example.com");
        yes.awaitOutput("confirm:").type("acme@example.com\r").awaitEnd();
        assertThat(yes.status()).isZero();
        assertThat(gogo.instances.infos).hasSize(1);
    }

    @Test
    void whatARestoreReplacesIsAskedForOnATerminalOnly() throws IOException {
        TestClient no = TestClient.terminal(socket, "backup:restore", "/f");
        no.awaitOutput("confirm:").type("no\r").awaitEnd();
        assertThat(no.status()).isEqualTo(1);
        TestClient noTables = TestClient.terminal(socket, "backup:restore", "/f", "--table", "a", "--replace");
        noTables.awaitOutput("confirm:").type("\r").awaitEnd();
        TestClient noTime = TestClient.terminal(socket, "instance:restore", "acme@example.com", "--to", "-1m");
        noTime.awaitOutput("confirm:").type("\r").awaitEnd();
        assertThat(gogo.backups.calls).isEmpty();
        assertThat(gogo.archive.restored).isEmpty();

        TestClient yes = TestClient.terminal(socket, "backup:restore", "/f");
        yes.awaitOutput("confirm:").type("yes\r").awaitEnd();
        assertThat(yes.status()).isZero();
        assertThat(TestClient.terminal(socket, "backup:restore", "/f", "--yes")
                        .awaitEnd()
                        .status())
                .isZero();
        assertThat(TestClient.terminal(socket, "backup:restore", "/f", "--as", "x@example.com")
                        .awaitEnd()
                        .status())
                .isZero();
        assertThat(run("backup:restore", "/f").status()).isZero();
        assertThat(gogo.backups.calls).hasSize(4);
    }

    @Test
    void aPasswordIsTypedUnseen() throws IOException {
        TestClient client = TestClient.terminal(socket, "instance:edit", "acme@example.com", "--password", "-");
        client.awaitOutput("Password:").type("h!sh 'x\r").awaitEnd();
        assertThat(client.out()).contains("Changed").doesNotContain("h!sh");
        assertThat(gogo.instances.lastChange.password()).contains("h!sh 'x");
    }

    @Test
    void tablesFitTheWindow() throws IOException {
        gogo.services.add("slow", State.FAILED, "It waits for something that does not come, and says so at length.");
        TestClient client = TestClient.terminal(socket).awaitOutput("platform>");
        client.type("app:list\r").awaitOutput("It wait…").awaitOutput("platform>");
        client.resize(200).type("app:list\r").awaitOutput("at length.");
        client.type("exit\r").awaitEnd();
        List<String> cut = TestClient.terminal(socket, "app:list").awaitEnd().lines();
        assertThat(cut)
                .allSatisfy(line ->
                        assertThat(line.replaceAll("\u001b\\[[0-9;]*m", "")).hasSizeLessThanOrEqualTo(60));
    }
}
