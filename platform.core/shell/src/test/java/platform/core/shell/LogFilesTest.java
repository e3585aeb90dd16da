package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that are read while they are written. */
class LogFilesTest {

    @TempDir
    Path folder;

    private Path log;
    private LogFiles logs;

    @BeforeEach
    void aLog() throws Exception {
        log = Files.createDirectories(folder.resolve("files")).resolve("files.log");
        Files.writeString(log, "one\ntwo\nthree\n");
        Files.createDirectories(folder.resolve("empty"));
        logs = new LogFiles(folder);
    }

    private List<String> last(int count) {
        List<String> lines = new ArrayList<>();
        logs.read("files", count, false, lines::add);
        return lines;
    }

    @Test
    void theLastLinesAreRead() {
        assertThat(logs.names()).containsExactly("files");
        assertThat(last(2)).containsExactly("two", "three");
        assertThat(last(0)).isEmpty();
        assertThat(last(100)).containsExactly("one", "two", "three");
    }

    @Test
    void aLongLogIsReadFromItsEnd() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("line ").append(i).append(" ünd\n");
        }
        Files.writeString(log, text);

        assertThat(last(20_000)).hasSize(20_000).startsWith("line 30000 ünd").endsWith("line 49999 ünd");
    }

    @Test
    void aLineThatIsNotWrittenToItsEndWaits() throws Exception {
        Files.writeString(log, "half", StandardOpenOption.APPEND);

        assertThat(last(1)).containsExactly("three");
    }

    @Test
    void whatComesIsReadAlsoWhenTheFileIsRolled() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> logs.read("files", 1, true, lines::add));
        reader.start();
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("three");

        Files.writeString(log, "four\n", StandardOpenOption.APPEND);
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("four");

        Files.move(log, log.resolveSibling("files.1.log"), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(log, "a new file that is longer than the one before it\n");
        assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("a new file");

        reader.interrupt();
        reader.join();
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "empty", "../files", "files/../files", ""})
    void whatIsNoLogIsRefused(String name) {
        assertThatThrownBy(() -> logs.read(name, 1, false, line -> {})).hasMessageContaining("There are: files");
    }
}
