package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.db.api.DiskLevel;
import platform.db.api.DiskStatus;

/** When a disk counts as full, and what becomes of the reserve; the disk is one of 10,000 MB, unless it says otherwise. */
class DiskGuardTest {

    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private final FakeDisk disk = new FakeDisk();

    @Test
    void aLevelIsLeftWhenThereIsAQuarterMoreThanItsLimitAndFullAtTwiceAsMuch() throws IOException {
        DiskGuard guard = guard();
        assertThat(level(guard, 600)).isEqualTo(DiskLevel.OK);
        assertThat(level(guard, 399)).isEqualTo(DiskLevel.LOW);
        assertThat(level(guard, 499)).isEqualTo(DiskLevel.LOW);
        assertThat(level(guard, 501)).isEqualTo(DiskLevel.OK);
        assertThat(level(guard, 99)).isEqualTo(DiskLevel.FULL);
        assertThat(level(guard, 199)).isEqualTo(DiskLevel.FULL);
        assertThat(guard.status().missing()).isEqualTo(MB);
        assertThat(level(guard, 201)).isEqualTo(DiskLevel.VERY_LOW);
        assertThat(level(guard, 249)).isEqualTo(DiskLevel.VERY_LOW);
        assertThat(level(guard, 251)).isEqualTo(DiskLevel.LOW);
    }

    @Test
    void theReserveIsMadeInSlicesForItsOwnerOnly() throws IOException {
        DiskGuard guard = guard();
        level(guard, 1000);
        assertThat(Files.size(reserve())).isEqualTo(16 * MB);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(reserve())))
                .isEqualTo("rw-------");
        level(guard, 1000);
        assertThat(Files.size(reserve())).isEqualTo(20 * MB);
    }

    @Test
    void makingTheReserveOrGivingItUpIsNoChangeOfTheRoom() throws IOException {
        DiskGuard guard = guard();
        level(guard, 190);
        level(guard, 210);
        assertThat(guard.look(CONFIG).level()).isEqualTo(DiskLevel.VERY_LOW);
        assertThat(guard.status().room()).isEqualTo(210 * MB);
        assertThat(level(guard, 0)).isEqualTo(DiskLevel.FULL);
        assertThat(reserve()).doesNotExist();
        assertThat(guard.look(CONFIG).level()).as("20 MB are free now").isEqualTo(DiskLevel.FULL);
        assertThat(guard.status().usable()).isEqualTo(20 * MB);
        level(guard, 210);
        assertThat(reserve()).as("there is room again").hasSize(16 * MB);
    }

    @Test
    void aReserveThatWasCutOffIsCompletedAndOneThatIsTooLargeIsCut() throws IOException {
        Files.write(reserve(), new byte[(int) (7 * MB)]);
        level(guard(), 1000);
        assertThat(reserve()).hasSize(20 * MB);
        disk.guard(guard(), new Config(5, 400, 200, 100), 1000);
        assertThat(reserve()).hasSize(5 * MB);
        disk.guard(guard(), new Config(0, 400, 200, 100), 1000);
        assertThat(reserve()).doesNotExist();
    }

    @Test
    void aSmallDiskHasSmallLimitsAndALargeOneThoseConfigured() {
        Config usual = new Config(500, 5000, 1000, 100);
        assertThat(DiskLimits.of(usual, 400 * MB))
                .isEqualTo(new DiskLimits(percent(400, 10), 96 * MB, 72 * MB, 48 * MB));
        assertThat(DiskLimits.of(usual, 16_000 * MB))
                .isEqualTo(new DiskLimits(500 * MB, percent(16_000, 10), percent(16_000, 5), 100 * MB));
        assertThat(DiskLimits.of(new Config(0, 0, 0, 0), 400 * MB)).isEqualTo(new DiskLimits(0, 0, 0, 0));
        assertThat(DiskLimits.of(usual, 1_000_000 * MB))
                .isEqualTo(new DiskLimits(500 * MB, 5000 * MB, 1000 * MB, 100 * MB));
    }

    private static long percent(long megabytes, int percent) {
        return megabytes * MB / 100 * percent;
    }

    @Test
    void aDiskThatCannotBeAskedKeepsItsLevelAndItsReserve() throws IOException {
        DiskGuard guard = guard();
        level(guard, 300);
        disk.broken = true;
        assertThatThrownBy(() -> guard.look(CONFIG)).isInstanceOf(IOException.class);
        assertThat(guard.status().level()).isEqualTo(DiskLevel.LOW);
        assertThat(reserve()).exists();
    }

    private DiskGuard guard() {
        return new DiskGuard(new ReserveFile(reserve()), disk);
    }

    private Path reserve() {
        return folder.resolve("reserve");
    }

    private DiskLevel level(DiskGuard guard, long room) throws IOException {
        return disk.guard(guard, CONFIG, room);
    }

    private static final Config CONFIG = new Config(20, 400, 200, 100);

    /** A disk on which nothing is but the reserve and what somebody else has put there. */
    private final class FakeDisk implements DiskGuard.Disk {

        private long foreign;
        private boolean broken;

        /** Looks while there are so many megabytes beside the whole reserve. */
        DiskLevel guard(DiskGuard guard, Config config, long room) throws IOException {
            foreign = total() - (room + config.reserve_megabytes()) * MB;
            DiskStatus status = guard.look(config);
            assertThat(status.room()).isEqualTo(room * MB);
            return status.level();
        }

        @Override
        public long total() throws IOException {
            if (broken) {
                throw new IOException("It is broken");
            }
            return 10_000 * MB;
        }

        @Override
        public long usable() throws IOException {
            return total() - foreign - (Files.exists(reserve()) ? Files.size(reserve()) : 0);
        }
    }

    /** As a configuration file sets it. */
    @SuppressWarnings("ClassExplicitlyAnnotation")
    private record Config(int reserve_megabytes, int low_megabytes, int verylow_megabytes, int full_megabytes)
            implements DiskConfig {

        @Override
        public Class<? extends Annotation> annotationType() {
            return DiskConfig.class;
        }
    }
}
