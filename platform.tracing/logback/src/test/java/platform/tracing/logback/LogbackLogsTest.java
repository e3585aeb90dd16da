package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.tracing.api.LogException;
import platform.tracing.api.LogFilter;
import platform.tracing.api.LogLevel;
import platform.tracing.api.LogRecord;

/** Logs that are read while they are written. */
class LogbackLogsTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final LogFilter ALL =
            new LogFilter(LogLevel.TRACE, Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private Path log;
    private LogbackLogs logs;

    @BeforeEach
    void aLog() throws IOException {
        log = Files.createDirectories(folder.resolve("files")).resolve("files.log");
        Files.createDirectories(folder.resolve("empty"));
        logs = new LogbackLogs(folder);
        write("one", "two", "three");
    }

    private void write(String... messages) throws IOException {
        for (String message : messages) {
            append(line(NOON, "INFO  acme@example.com [main] app.files.Store - " + message));
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(Instant time, String text) {
        return time + " " + text + "\n";
    }

    private void roll() throws IOException {
        Files.move(log, log.resolveSibling("files.1.log"), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> last(LogFilter filter, int count) {
        return logs.last("files", Instant.EPOCH, filter, count).stream()
                .map(LogRecord::message)
                .toList();
    }

    @Test
    void theLastRecordsAreReadTheNewestFirst() {
        assertThat(logs.names()).containsExactly("files");
        assertThat(last(ALL, 2)).containsExactly("three", "two");
        assertThat(last(ALL, 0)).isEmpty();
        assertThat(last(ALL, 100)).containsExactly("three", "two", "one");
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws IOException {
        append("2026-11-28T13:00:00.250+01:00 WARN  - [a [b] thread] app.files.Store - it - [x] y - failed\n"
                + "  java.io.IOException: no disk\n  \tat app.files.Store\n");

        LogRecord record = logs.last("files", Instant.EPOCH, ALL, 1).get(0);

        assertThat(record.time()).isEqualTo(NOON.plusMillis(250));
        assertThat(record.level()).isEqualTo(LogLevel.WARN);
        assertThat(record.instance()).isEmpty();
        assertThat(record.thread()).isEqualTo("a [b] thread");
        assertThat(record.logger()).isEqualTo("app.files.Store");
        assertThat(record.message()).isEqualTo("it - [x] y - failed");
        assertThat(record.trace()).hasSize(2).first().isEqualTo("  java.io.IOException: no disk");
    }

    @Test
    void whatIsNoRecordIsLeftOut() throws IOException {
        Files.writeString(log, "  at the.rest.of.One\nhalf a rec\nyesterday INFO  - [main] a.B - no time\n");
        Files.write(log, new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);
        write("four");

        assertThat(last(ALL, 10)).containsExactly("four");
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE,,,, c b a",
        "WARN,,,, c b",
        "TRACE,app.files,,, b a",
        "TRACE,app.file,,, ''",
        "TRACE,,bolt@example.org,, b",
        "TRACE,,,DISK, b",
    })
    void onlyWhatIsWantedIsRead(String level, String logger, String instance, String text, String messages)
            throws IOException {
        Files.delete(log);
        append(line(NOON, "DEBUG acme@example.com [main] app.files.Store - a"));
        append(line(NOON, "ERROR bolt@example.org [main] app.files - b") + "  java.io.IOException: No disk\n");
        append(line(NOON, "WARN  - [main] app.filesystem.Store - c"));
        LogFilter filter = new LogFilter(
                LogLevel.valueOf(level),
                Optional.ofNullable(logger),
                Optional.ofNullable(instance),
                Optional.ofNullable(text));

        assertThat(String.join(" ", last(filter, 10))).isEqualTo(messages);
    }

    @Test
    void rolledFilesAreReadAsFarAsIsNeeded() throws IOException {
        roll();
        write("four");
        assertThat(last(ALL, 2)).containsExactly("four", "three");

        Files.delete(log);
        append(line(NOON.plusSeconds(2), "INFO  - [main] a.B - late"));
        assertThat(logs.last("files", NOON.plusSeconds(1), ALL, 10)).hasSize(1);

        Files.setLastModifiedTime(log, FileTime.from(NOON));
        assertThat(logs.last("files", NOON.plusSeconds(1), ALL, 10))
                .as("a file that nobody has written to since")
                .isEmpty();
    }

    @Test
    void whatLogbackWritesIsRead() {
        try (LogFile file = new LogFile(log, new Limits(1 << 20, 2), new SetClock(), trouble -> {})) {
            file.append(LogLine.warning(NOON, "Disk\nfull"));
        }
        LogRecord record = logs.last("files", Instant.EPOCH, ALL, 1).get(0);

        assertThat(record.message()).isEqualTo("Disk\\nfull");
        assertThat(record.time()).isEqualTo(NOON);
    }

    private Thread follow(int count, BlockingQueue<String> lines) {
        Thread reader = new Thread(() -> logs.follow("files", count, lines::add));
        reader.start();
        return reader;
    }

    private static String next(BlockingQueue<String> lines) throws InterruptedException {
        String line = lines.poll(30, TimeUnit.SECONDS);
        return line == null ? "nothing" : line.substring(line.lastIndexOf(' ') + 1);
    }

    @Test
    void whatComesIsReadAlsoWhenTheFileIsRolled() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = follow(1, lines);
        assertThat(next(lines)).isEqualTo("three");

        write("four");
        assertThat(next(lines)).isEqualTo("four");

        append("half");
        roll();
        write("new");
        assertThat(next(lines)).isEqualTo("new");

        reader.interrupt();
        reader.join();
        assertThat(lines).isEmpty();
    }

    @Test
    void aLongLogIsFollowedFromItsEnd() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("line ünd ").append(i).append('\n');
        }
        Files.write(log, text.toString().getBytes(StandardCharsets.UTF_8));
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = follow(20_000, lines);

        for (int i = 30_000; i < 50_000; i++) {
            assertThat(next(lines)).isEqualTo(String.valueOf(i));
        }
        reader.interrupt();
        reader.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "empty", "../files", "files/../files", ""})
    void whatIsNoLogIsRefused(String name) {
        assertThatThrownBy(() -> logs.follow(name, 1, line -> {}))
                .isInstanceOfSatisfying(
                        LogException.class, it -> assertThat(it.isMissing()).isTrue())
                .hasMessageContaining("There are: files");
        assertThatThrownBy(() -> logs.last(name, Instant.EPOCH, ALL, 1)).hasMessageContaining("There are: files");
    }
}
