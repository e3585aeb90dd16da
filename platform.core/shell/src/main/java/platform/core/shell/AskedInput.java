package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A client's standard input, asked for only when somebody reads it. Closing it does nothing. */
final class AskedInput extends InputStream {

    private final Ask ask;
    private byte[] bytes = {};
    private int position;
    private boolean asked;
    private boolean ended;

    AskedInput(Ask ask) {
        this.ask = ask;
    }

    /** The answer to an ASK; no bytes are the end. */
    synchronized void feed(byte[] payload) {
        bytes = payload;
        position = 0;
        asked = false;
        ended |= payload.length == 0;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        awaitBytes();
        int count = Math.min(length, available());
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count == 0 ? -1 : count;
    }

    private void awaitBytes() throws IOException {
        while (available() == 0 && !ended) {
            if (!asked) {
                asked = true;
                ask.send();
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for input.");
            }
        }
    }

    @Override
    public synchronized int available() {
        return bytes.length - position;
    }

    /** Sends an ASK to the client. */
    interface Ask {
        void send() throws IOException;
    }
}
