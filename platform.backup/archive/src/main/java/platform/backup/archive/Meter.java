package platform.backup.archive;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import platform.backup.api.BackupProgress;

/** Counts what goes by, and tells of it some times a second. */
final class Meter {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final BackupProgress progress;
    private final String step;
    private final long total;
    private long done;
    private long told;

    Meter(BackupProgress progress, String step, long total) {
        this.progress = progress;
        this.step = step;
        this.total = total;
        this.told = System.nanoTime();
    }

    /** How many bytes have gone by. */
    long done() {
        return done;
    }

    private void add(long bytes) {
        done += bytes;
        long now = System.nanoTime();
        if (now - told >= PAUSE) {
            told = now;
            progress.at(step, done, Math.max(total, done));
        }
    }

    /** The stream, counted. Closing it closes nothing: its owner does that. */
    OutputStream count(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                add(length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** The stream, counted. */
    InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                add(Math.max(read, 0));
                return read;
            }
        };
    }
}
