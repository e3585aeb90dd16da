package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log file promises about its size, its predecessors and a disk that fails. */
class LogFileTest {

    private static final int RECORD = 10;

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private final List<String> troubles = new ArrayList<>();

    @Test
    void noFileGrowsBeyondTheLimitAndOnlySoManyAreKept() throws IOException {
        try (LogFile log = open(new Limits(105, 3))) {
            for (int i = 0; i < 100; i++) {
                log.append(record(i));
            }
        }
        assertThat(names()).containsExactly("x.1.log", "x.2.log", "x.log");
        assertThat(Files.readString(folder.resolve("x.log")))
                .startsWith("record  90")
                .hasSize(10 * RECORD);
        assertThat(Files.readString(folder.resolve("x.1.log")))
                .startsWith("record  80")
                .hasSize(10 * RECORD);
        assertThat(Files.readString(folder.resolve("x.2.log")))
                .startsWith("record  70")
                .hasSize(10 * RECORD);
    }

    @Test
    void aSingleFileBeginsAgainWhenItIsFull() throws IOException {
        try (LogFile log = open(new Limits(25, 1))) {
            for (int i = 0; i < 5; i++) {
                log.append(record(i));
            }
        }
        assertThat(names()).containsExactly("x.log");
        assertThat(Files.readString(folder.resolve("x.log"))).isEqualTo("record   4");
    }

    @Test
    void goesOnWhereTheFileEndedAndCompletesHalfARecord() throws IOException {
        Files.writeString(folder.resolve("x.log"), "cut of");
        try (LogFile log = open(new Limits(1000, 2))) {
            log.append("next\n".getBytes());
        }
        assertThat(Files.readString(folder.resolve("x.log"))).isEqualTo("cut of\nnext\n");
    }

    @Test
    void nobodyElseReadsIt() throws IOException {
        try (LogFile log = new LogFile(folder.resolve("files/x.log"), new Limits(1000, 2), clock, message -> {})) {
            log.append(record(1));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("files")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void fewerFilesTakeEffectAtOnce() throws IOException {
        try (LogFile log = open(new Limits(RECORD, 5))) {
            for (int i = 0; i < 5; i++) {
                log.append(record(i));
            }
            log.limit(new Limits(RECORD, 2));
            assertThat(names()).containsExactly("x.1.log", "x.log");
        }
    }

    @Test
    void refusesWhileTheDiskFailsSaysSoOnceAndRecovers() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where the folder should be");
        try (LogFile log = new LogFile(blocked.resolve("x.log"), new Limits(1000, 2), clock, troubles::add)) {
            assertThat(log.append(record(1))).isFalse();
            clock.advance(Duration.ofSeconds(2));
            assertThat(log.append(record(2))).isFalse();
            assertThat(troubles).singleElement().asString().contains(blocked.toString(), "cannot be written");

            Files.delete(blocked);
            assertThat(log.append(record(3))).as("still pausing").isFalse();
            clock.advance(Duration.ofSeconds(2));
            assertThat(log.append(record(4))).isTrue();
        }
        assertThat(Files.readString(blocked.resolve("x.log"))).isEqualTo("record   4");
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepTheFileWaiting() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where the folder should be");
        try (LogFile log = new LogFile(blocked.resolve("x.log"), new Limits(1000, 2), clock, troubles::add)) {
            Files.delete(blocked);
            clock.advance(Duration.ofDays(-400));
            assertThat(log.append(record(1))).isTrue();
        }
    }

    @Test
    void anInterruptedThreadWritesLikeAnyOther() {
        try (LogFile log = open(new Limits(1000, 2))) {
            Thread.currentThread().interrupt();
            assertThat(log.append(record(1))).isTrue();
            assertThat(Thread.interrupted()).as("the interruption is kept").isTrue();
            assertThat(log.append(record(2))).isTrue();
        }
    }

    @Test
    void aClosedFileRefuses() {
        LogFile log = open(new Limits(1000, 2));
        log.close();
        log.close();
        assertThat(log.append(record(1))).isFalse();
    }

    private LogFile open(Limits limits) {
        return new LogFile(folder.resolve("x.log"), limits, clock, troubles::add);
    }

    private static byte[] record(int number) {
        return String.format(Locale.ROOT, "record %3d", number).getBytes();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
