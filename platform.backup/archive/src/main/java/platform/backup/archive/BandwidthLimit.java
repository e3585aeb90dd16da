package platform.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket: so many bytes a second for all streams together, with a quarter of a second's worth saved up at most. Any thread
 * may take from it.
 */
final class BandwidthLimit {

    private static final long SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final Retry.Pause pause;
    /** When all that was taken will have been paid for. */
    private long paid;

    BandwidthLimit(long bytesPerSecond, LongSupplier nanos, Retry.Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.pause = pause;
        this.paid = nanos.getAsLong() - SAVED_NANOS;
    }

    /** How many bytes may be taken at once, so that no pause is long. */
    int most() {
        return (int) Math.max(1, Math.min(64 << 10, bytesPerSecond / 4));
    }

    /** Takes the bytes, and waits until they may go. */
    void take(int bytes) throws InterruptedIOException {
        long wait = owe(bytes);
        if (wait > 0) {
            pause.rest(Duration.ofNanos(wait));
        }
    }

    private synchronized long owe(int bytes) {
        long now = nanos.getAsLong();
        long price = (long) (bytes * 1e9 / bytesPerSecond);
        paid = Math.max(paid, now - SAVED_NANOS) + price;
        return paid - now;
    }

    Upload limit(Upload upload) {
        return new ForwardingUpload(upload) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; ) {
                    int count = Math.min(length - done, most());
                    take(count);
                    super.write(bytes, offset + done, count);
                    done += count;
                }
            }
        };
    }

    InputStream limit(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, Math.min(length, most()));
                if (count > 0) {
                    take(count);
                }
                return count;
            }
        };
    }
}
