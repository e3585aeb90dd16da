package platform.backup.archive;

import java.io.IOException;
import java.util.Arrays;

/** A stream to the other platform, in pieces. */
final class MoveUpload extends Upload {

    private final MoveClient client;
    private final byte[] chunk = new byte[Arrivals.CHUNK];
    private int filled;
    private long sent;

    MoveUpload(MoveClient client) {
        this.client = client;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, count);
            filled += count;
            done += count;
            if (filled == chunk.length) {
                send();
            }
        }
    }

    private void send() throws IOException {
        client.send(Arrays.copyOf(chunk, filled));
        filled = 0;
    }

    @Override
    void complete() throws IOException {
        if (filled > 0) {
            send();
        }
        sent = client.end();
    }

    /** How many bytes there were, when it is complete. */
    long sent() {
        return sent;
    }
}
