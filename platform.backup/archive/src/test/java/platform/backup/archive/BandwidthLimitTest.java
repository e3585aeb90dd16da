package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthLimitTest {

    private static final byte[] TEN_KILOBYTES = new byte[10_000];

    private final AtomicLong nanos = new AtomicLong();
    /** Only waiting lets time pass. */
    private final BandwidthLimit limit = new BandwidthLimit(1000, nanos::get, time -> nanos.addAndGet(time.toNanos()));

    private Duration passed() {
        return Duration.ofNanos(nanos.get());
    }

    @Test
    void writingTakesAsLongAsTheLimitSays() throws IOException {
        Memory memory = new Memory();
        try (Upload upload = limit.limit(memory)) {
            upload.write(TEN_KILOBYTES);
            upload.write(1);
            upload.complete();
        }
        assertThat(memory.written.size()).isEqualTo(10_001);
        assertThat(passed()).isBetween(Duration.ofMillis(9700), Duration.ofMillis(10_001));
    }

    @Test
    void readingTakesAsLongAsTheLimitSays() throws IOException {
        try (InputStream in = limit.limit(new ByteArrayInputStream(TEN_KILOBYTES))) {
            assertThat(in.readAllBytes()).hasSize(10_000);
        }
        assertThat(passed()).isBetween(Duration.ofMillis(9700), Duration.ofSeconds(10));
    }

    @Test
    void noMoreThanAQuarterOfASecondIsSavedUp() throws IOException {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        try (Upload upload = limit.limit(new Memory())) {
            upload.write(TEN_KILOBYTES);
        }
        assertThat(passed().minusHours(1)).isBetween(Duration.ofMillis(9700), Duration.ofSeconds(10));
    }

    @Test
    void severalStreamsShareIt() throws IOException {
        try (Upload one = limit.limit(new Memory());
                InputStream other = limit.limit(new ByteArrayInputStream(TEN_KILOBYTES))) {
            one.write(TEN_KILOBYTES);
            other.readAllBytes();
        }
        assertThat(passed()).isBetween(Duration.ofMillis(19_700), Duration.ofSeconds(20));
    }

    /** An upload into memory. */
    private static final class Memory extends Upload {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            written.write(b);
        }

        @Override
        void complete() {
            // Nothing is left to do.
        }
    }
}
