package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What comes in pieces, each by another thread, as one stream. Who puts a piece waits for room; who reads waits for pieces, but not
 * for ever.
 */
final class ChunkInput extends InputStream {

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(2);
    private final Duration patience;
    private volatile String broken = "";
    private byte[] chunk = {0};
    private int position = 1;

    /** @param patience how long nothing may come */
    ChunkInput(Duration patience) {
        this.patience = patience;
    }

    /** @throws IOException when there is no room for too long */
    void put(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            offer(bytes);
        }
    }

    void end() throws IOException {
        offer(END);
    }

    private void offer(byte[] bytes) throws IOException {
        try {
            if (!chunks.offer(bytes, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("What is received is not read any more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while what was received was to be read");
        }
    }

    /** Whoever reads gets an exception with this message. */
    void fail(String message) {
        broken = message;
        chunks.clear();
        chunks.offer(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == chunk.length) {
            next();
        }
        if (chunk.length == 0) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, count);
        position += count;
        return count;
    }

    private void next() throws IOException {
        if (chunk.length == 0) {
            return;
        }
        try {
            chunk = chunks.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the other platform was waited for");
        }
        position = 0;
        if (chunk == null || !broken.isEmpty()) {
            chunk = END;
            throw new IOException(broken.isEmpty() ? "The other platform has said nothing for too long" : broken);
        }
    }
}
