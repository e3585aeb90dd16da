package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.ArchiveRange;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.db.api.DiskLevel;
import platform.db.api.WalSegment;

/** Continuous archiving of a fake server to a folder, minute by minute. */
class ArchiverTest {

    private static final ArchiveSetup DAILY = new ArchiveSetup("/there", Duration.ofDays(1), Duration.ofDays(7));

    @TempDir
    Path data;

    private final TestClock clock = new TestClock("2026-11-27T08:00:00Z");
    private final FakeWal wal = new FakeWal(clock);
    private final ListedAlarms alarms = new ListedAlarms();
    private DiskLevel disk = DiskLevel.OK;
    private boolean away;
    private KeyRing keys;
    private ArchiveBook book;
    private KeptPointInTime archive;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        keys = new KeyRing(data.resolve("secrets/backup.keys"), true, List.of());
        restart();
    }

    /** What the platform knows after it was killed. */
    private void restart() {
        book = new ArchiveBook(data.resolve("book.json"));
        archive = new KeptPointInTime(
                book,
                wal,
                new Archiver(book, wal, this::open, () -> disk, clock),
                new BaseBackups(book, wal, this::open, Runnable::run, clock),
                new ArchiveAlarms(alarms, book, clock),
                null,
                data.resolve("etc"),
                clock);
    }

    private ArchiveStore open(ArchiveChain chain) throws IOException {
        if (away) {
            throw new IOException("The target does not answer");
        }
        return new ArchiveStore(new FolderTarget(data.resolve("target")), chain, keys);
    }

    private void pass(Duration time) {
        clock.pass(time);
        archive.tick();
        archive.tick();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("target"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private List<ArchiveRange> ranges() {
        return archive.status().ranges();
    }

    @Test
    void eachMinuteIsOnTheTargetAndCanBeReadByItself() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        Instant base = clock.instant();
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(ranges()).containsExactly(new ArchiveRange(base, clock.instant(), "/there", 1, ""));
        assertThat(wal.complete).isEmpty();
        assertThat(files())
                .contains(
                        "0000000100000000000000FF.zst.age",
                        "000000010000000100000000.zst.age",
                        "000000010000000100000001.zst.age");
        try (ArchiveStore store = open(book.current().orElseThrow());
                InputStream in =
                        store.open("000000010000000100000000.zst.age", new Meter(BackupProgress.NONE, "", 0))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("000000010000000100000000");
        }
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void whatWasOnWhenThePlatformWasKilledGoesOn() {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        pass(Duration.ofMinutes(1));
        WalSegment shipped = new WalSegment(book.current().orElseThrow().last());
        // It was on the target, and not removed yet.
        wal.complete.add(shipped);
        restart();
        archive.take(Optional.of(DAILY), DAILY.keep());
        pass(Duration.ofMinutes(1));
        assertThat(wal.complete).isEmpty();
        assertThat(book.chains()).hasSize(1);
        assertThat(ranges().get(0).until()).isEqualTo(clock.instant());
    }

    @Test
    void aTargetThatIsAwayIsAnAlarmUntilAllIsThere() {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        Instant until = ranges().get(0).until();
        away = true;
        for (int minute = 0; minute < 11; minute++) {
            pass(Duration.ofMinutes(1));
        }
        assertThat(archive.status().problem()).contains("does not answer");
        assertThat(archive.status().waiting()).isGreaterThan(9);
        assertThat(ranges().get(0).until()).isEqualTo(until);
        assertThat(alarms.text("backup/archive-late")).contains("/there").contains("does not answer");
        away = false;
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(ranges().get(0).until()).isEqualTo(clock.instant());
        assertThat(archive.status().problem()).isEmpty();
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void aGapEndsTheRangeAndTheNextBeginsWithABaseBackup() {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        wal.write();
        wal.complete.clear();
        wal.broken = "It cannot be copied";
        pass(Duration.ofMinutes(1));
        assertThat(ranges()).hasSize(1);
        assertThat(ranges().get(0).end())
                .contains("The segment 000000010000000100000000 of the write-ahead log is missing");
        assertThat(alarms.text("backup/archive-gap")).contains("until the next base backup");
        assertThat(alarms.text("backup/archive-base")).contains("It cannot be copied");
        wal.broken = "";
        pass(Duration.ofMinutes(5));
        assertThat(ranges()).hasSize(1);
        pass(Duration.ofMinutes(6));
        assertThat(ranges()).hasSize(2);
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void aDiskThatIsNearlyFullIsNotFilledBySegments() {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        disk = DiskLevel.VERY_LOW;
        wal.write();
        pass(Duration.ofMinutes(1));
        assertThat(wal.isOn).isFalse();
        assertThat(wal.complete).isEmpty();
        assertThat(alarms.text("backup/archive-gap")).contains("The platform's disk was nearly full.");
        Instant between = clock.instant();
        disk = DiskLevel.OK;
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(ranges()).hasSize(2);
        assertThat(book.covering(between)).isEmpty();
        assertThat(alarms.active).isEmpty();
    }

    @Test
    void anotherDataFolderOrTargetBeginsAnotherRange() {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        wal.system = "4712";
        pass(Duration.ofMinutes(1));
        archive.on(new ArchiveSetup("/elsewhere", Duration.ofDays(1), Duration.ofDays(7)));
        pass(Duration.ofMinutes(1));
        assertThat(ranges()).extracting(ArchiveRange::target).containsExactly("/there", "/there", "/elsewhere");
        assertThat(ranges().get(0).end()).contains("another data folder");
        assertThat(ranges().get(1).end()).contains("The target was changed");
    }

    @Test
    void whatIsOlderThanWhatIsKeptIsRemoved() throws IOException {
        archive.on(new ArchiveSetup("/there", Duration.ofDays(1), Duration.ofDays(2)));
        pass(Duration.ofSeconds(5));
        pass(Duration.ofMinutes(1));
        wal.system = "4712";
        Instant first = clock.instant();
        for (int day = 0; day < 5; day++) {
            pass(Duration.ofHours(12));
            pass(Duration.ofHours(12));
        }
        assertThat(book.chains()).hasSize(1);
        ArchiveChain chain = book.chains().get(0);
        Instant oldest = clock.instant().minus(Duration.ofDays(2));
        assertThat(chain.bases().get(0).ended()).isBeforeOrEqualTo(oldest);
        assertThat(chain.bases().get(1).ended()).isAfter(oldest);
        assertThat(book.covering(first)).isEmpty();
        assertThat(files().stream().filter(name -> name.startsWith("base-")))
                .hasSize(chain.bases().size());
        assertThat(files())
                .noneMatch(name -> name.compareTo(chain.bases().get(0).first()) < 0);
    }

    @Test
    void itIsSwitchedOffAndWhatIsThereStays() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        assertThat(data.resolve("etc/platform.backup.PointInTime.cfg"))
                .content()
                .contains("target = /there");
        archive.off();
        assertThat(wal.isOn).isFalse();
        assertThat(ranges()).extracting(ArchiveRange::end).containsExactly("It was switched off.");
        assertThat(files()).isNotEmpty();
        assertThat(data.resolve("etc/platform.backup.PointInTime.cfg"))
                .content()
                .doesNotContain("there");
    }

    @Test
    void whatIsThereWhenItIsSwitchedOffIsKeptAsLongAsItWouldHaveBeen() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        pass(Duration.ofMinutes(1));
        archive.off();
        restart();
        archive.take(Optional.empty(), DAILY.keep());
        pass(Duration.ofDays(6));
        assertThat(ranges()).hasSize(1);
        pass(Duration.ofDays(2));
        assertThat(ranges()).isEmpty();
        assertThat(book.chains()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatHasEndedIsRemovedAtOnceWhenThatIsWanted() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        wal.system = "4712";
        pass(Duration.ofMinutes(1));
        assertThat(ranges()).hasSize(2);
        away = true;
        assertThatThrownBy(() -> archive.removeEnded()).hasMessageContaining("were not removed: The target does not");
        away = false;
        assertThat(archive.removeEnded().ranges()).hasSize(1);
        assertThat(files()).filteredOn(name -> name.startsWith("base-")).hasSize(1);
        archive.off();
        assertThat(archive.removeEnded().ranges()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aPlatformThatWasMadeAnewFindsItsFormerArchiveAndLeavesOneThatGoesOnAlone() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        pass(Duration.ofMinutes(1));
        Instant then = clock.instant();
        ArchiveBook former = book;
        Files.delete(data.resolve("book.json"));
        restart();
        wal.system = "4712";
        archive.take(Optional.of(DAILY), DAILY.keep());
        pass(Duration.ofMinutes(1));
        assertThat(ranges())
                .extracting(ArchiveRange::end)
                .containsExactly("The platform was made anew from its backups.", "");
        assertThat(book.covering(then).orElseThrow().system()).isEqualTo("4711");

        try (ArchiveStore store = open(former.chains().get(0))) {
            store.record(former.chains().get(0).until(clock.instant()));
        }
        archive.removeEnded();
        assertThat(ranges()).hasSize(1);
        assertThat(data.resolve("target/point-in-time/4711")).isNotEmptyDirectory();
    }

    @Test
    void whatAnotherPlatformHasArchivedOnTheTargetIsNotTaken() throws IOException {
        archive.on(DAILY);
        pass(Duration.ofSeconds(5));
        Files.delete(data.resolve("book.json"));
        keys = new KeyRing(data.resolve("secrets/other.keys"), true, List.of());
        restart();
        archive.on(DAILY);
        assertThat(book.chains()).hasSize(1);
    }

    @Test
    void itIsNotSwitchedOnWithoutATargetThatAnswersAndRoom() {
        away = true;
        assertThatThrownBy(() -> archive.on(DAILY))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Archiving was not switched on: The target does not answer");
        away = false;
        disk = DiskLevel.VERY_LOW;
        assertThatThrownBy(() -> archive.on(DAILY)).hasMessageContaining("platform:disk");
        assertThat(wal.isOn).isFalse();
        assertThat(archive.status().setup()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> archive.on(new ArchiveSetup("/there", Duration.ofMinutes(1), Duration.ofDays(7))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("from 1h to 365d");
        assertThat(wal.isOn).isFalse();
        archive.on(DAILY);
        archive.refuse("etc/x.cfg is unusable");
        pass(Duration.ofMinutes(1));
        assertThat(wal.isOn).isTrue();
    }
}
