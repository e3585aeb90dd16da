package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;

class FileSystemAlarmsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String BROKEN =
            "EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: reading directory";

    private final AlarmBook book = new AlarmBook(Clock.fixed(NOW, ZoneOffset.UTC), List.of());
    private Instant boot = NOW;

    private void read(String... records) throws IOException {
        KernelLog.read(new Device(records), new FileSystemAlarms(new BookedAlarms(book), boot));
    }

    private static String record(int priority, Duration since, String text) {
        return priority + ",4711," + since.toNanos() / 1000 + ",-;" + text + "\n SUBSYSTEM=block\n DEVICE=b8:0\n";
    }

    private static String error(String text) {
        return record(3, Duration.ofMinutes(1), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BROKEN,
                "Buffer I/O error on dev sdb1, logical block 12, lost async page write",
                "blk_update_request: I/O error, dev nvme0n1, sector 2048 op 0x0:(READ)",
                "critical medium error, dev sda, sector 1234 op 0x0:(READ)",
                "EXT4-fs (dm-0): Remounting filesystem read-only",
                "XFS (sda2): Corruption detected. Unmount and run xfs_repair",
                "BTRFS error (device sdc): bdev /dev/sdc errs: wr 1, rd 0",
                "JBD2: Detected aborted journal; error -5"
            })
    void whatTheKernelReportsOfBrokenDisksIsAnAlarm(String text) throws IOException {
        read(error(text));
        assertThat(book.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("platform/file-system-broken");
            assertThat(alarm.severity()).isEqualTo(AlarmSeverity.CRITICAL);
            assertThat(alarm.text()).endsWith(text);
            assertThat(alarm.cause()).contains("fsck");
        });
    }

    @Test
    void otherLinesAreNoAlarm() throws IOException {
        read(
                error("usb 1-1: device descriptor read/64, error -71"),
                error("EXT4-fs (sda1): mounted filesystem with ordered data mode"),
                record(6, Duration.ofMinutes(1), BROKEN),
                // A program may write anything there, but not as the kernel.
                record(11, Duration.ofMinutes(1), BROKEN),
                "no record at all");
        assertThat(book.active()).isEmpty();
    }

    @Test
    void eachFurtherErrorIsCountedAlsoAfterRecordsThatWereLost() throws IOException {
        read(error(BROKEN), Device.LOST, record(3, Duration.ofMinutes(2), BROKEN));
        assertThat(book.active()).extracting(AlarmInfo::count).containsExactly(2L);
    }

    @Test
    void theSameLinesAreNoNewsAfterARestart() throws IOException {
        boot = NOW.minus(Duration.ofHours(1));
        read(error(BROKEN));
        read(error(BROKEN));
        assertThat(book.active()).extracting(AlarmInfo::count).containsExactly(1L);
        book.clear("platform", FileSystemAlarms.CODE);
        read(error(BROKEN));
        assertThat(book.active()).isEmpty();
        read(record(3, Duration.ofHours(2), BROKEN));
        assertThat(book.active()).hasSize(1);
    }

    /** Gives a record with each read. */
    private static final class Device implements ReadableByteChannel {

        static final String LOST = "";

        private final Deque<String> records;

        Device(String... records) {
            this.records = new ArrayDeque<>(List.of(records));
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (records.isEmpty()) {
                return -1;
            }
            byte[] record = records.poll().getBytes(StandardCharsets.UTF_8);
            if (record.length == 0) {
                throw new IOException("Broken pipe");
            }
            target.put(record);
            return record.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
