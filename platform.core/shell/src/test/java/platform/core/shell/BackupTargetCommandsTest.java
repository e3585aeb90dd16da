package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.TargetSetup;

/** The command for the places that backups go to, as a script would call it. */
class BackupTargetCommandsTest {

    private static final String ADDRESS = "https://me@nas.example.com/";

    @TempDir
    Path folder;

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> command = new ArrayList<>(List.of("backup:target"));
        command.addAll(List.of(arguments));
        try (ShellSession session =
                new ShellSession(gogo.processor, () -> FakeGogo.ROOT, new SessionStreams(in, out, err), null, false)) {
            return session.call(command);
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private TargetSetup added() {
        assertThat(gogo.backupTargets.added).hasSize(1);
        return gogo.backupTargets.added.get(0);
    }

    @Test
    void oneIsAddedWithAPasswordThatNobodySees() {
        in = new ByteArrayInputStream("geheim\n".getBytes(StandardCharsets.UTF_8));
        assertThat(run("add", "nas", ADDRESS, "--password", "-", "--limit", "5M", "--exclude", "a@example.com"))
                .as(err())
                .isZero();

        assertThat(out()).isEqualTo("Added the target nas, " + ADDRESS + ". Try it: backup:target test nas\n");
        assertThat(added().secret()).contains("geheim");
        assertThat(added().bytesPerSecond()).isEqualTo(5 << 20);
        assertThat(run("list")).isZero();
        assertThat(out()).isEqualTo("""
                TARGET  ADDRESS                      LIMIT  EXCLUDED
                nas     https://me@nas.example.com/  5M/s   a@example.com
                """);
        assertThat(run("list", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray()).hasSize(1);
        assertThat(out()).doesNotContain("geheim");
    }

    @Test
    void aPrivateKeyIsReadFromAFileOrFromStandardInput() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "line 1\nline 2\n");
        assertThat(run("add", "a", "sftp://me@host/", "--key", key.toString(), "--host-key", "SHA256:x"))
                .isZero();
        assertThat(added().secret()).contains("line 1\nline 2\n");
        assertThat(added().hostKey()).contains("SHA256:x");

        in = new ByteArrayInputStream("other\nkey".getBytes(StandardCharsets.UTF_8));
        assertThat(run("add", "b", "sftp://me@host/", "--key", "-")).isZero();
        assertThat(gogo.backupTargets.added.get(1).secret()).contains("other\nkey");
        assertThat(run("add", "c", "sftp://me@host/", "--key", "relative")).isEqualTo(ShellSession.USAGE);
        assertThat(run("add", "c", "sftp://me@host/", "--key", folder + "/none"))
                .isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("cannot be read by the platform's user");
    }

    @Test
    void aTestTellsEachStepAndWhatToDo() {
        assertThat(run("test", "nas")).isZero();
        assertThat(out()).isEqualTo("""
                STEP     RESULT  MS
                connect  ok      5
                write    ok      7
                """);
        assertThat(run("test", "full")).isEqualTo(ShellSession.FAILED);
        assertThat(out()).contains("write    FAILED  7");
        assertThat(err()).isEqualTo("The server is full. Make room.\n");
    }

    @Test
    void oneIsForgotten() {
        run("add", "nas", ADDRESS);
        assertThat(run("remove", "nas")).isZero();
        assertThat(out()).isEqualTo("Removed the target nas. What it holds stays there.\n");
        assertThat(run("remove", "nas")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).contains("There is no target 'nas'");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(run("add", "nas", "ftp://x")).isEqualTo(ShellSession.FAILED);
        assertThat(err()).isEqualTo("That is no address. Use another.\n");
        assertThat(run("add", "nas")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("'ADDRESS'");
        assertThat(run("look")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("is no action");
        assertThat(run("list", "--limit", "5M")).isEqualTo(ShellSession.USAGE);
        assertThat(run("add", "nas", ADDRESS, "--limit", "5 MB")).isEqualTo(ShellSession.USAGE);
        assertThat(err()).contains("is no number of bytes");
        assertThat(run("add", "nas", ADDRESS, "--password", "x", "--key", "y")).isEqualTo(ShellSession.USAGE);
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("backup:target add disk file:///mnt/backup/");
    }
}
