package platform.webserver.jetty;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jetty.util.compression.CompressionPool;

/** Inflates one message (RFC 7692 7.2.2), then gives its inflater back. */
final class MessageInflater implements AutoCloseable {

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final CompressionPool<Inflater>.Entry entry;
    private final Inflater inflater;
    private byte[] input = {};
    private boolean exhausted = true;

    MessageInflater(CompressionPool<Inflater>.Entry entry) {
        this.entry = entry;
        this.inflater = entry.get();
    }

    /** Room for so many bytes of input, and behind them the message's end where this is the last input. */
    static byte[] input(int length, boolean last) {
        byte[] input = new byte[last ? length + TAIL.length : length];
        if (last) {
            System.arraycopy(TAIL, 0, input, length, TAIL.length);
        }
        return input;
    }

    /** Takes an array that was made by {@link #input}. */
    void feed(byte[] bytes) {
        input = bytes;
        inflater.setInput(bytes);
        exhausted = false;
    }

    /** Whether there is nothing to read until it is fed again. */
    boolean isExhausted() {
        return exhausted;
    }

    /**
     * Reads inflated bytes.
     *
     * @throws FrameException 1007 when the input is no DEFLATE stream
     */
    int read(byte[] out, int from, int length) {
        try {
            int read = inflater.inflate(out, from, length);
            if (read == 0) {
                goOn();
            }
            return read;
        } catch (DataFormatException e) {
            throw corrupt();
        }
    }

    /** The input is used up, or a block was marked as the last one and others follow (RFC 7692 7.2.3.4). */
    private void goOn() {
        int left = inflater.getRemaining();
        if (inflater.finished() && left > 0) {
            inflater.reset();
            inflater.setInput(input, input.length - left, left);
        } else if (inflater.needsDictionary()) {
            throw corrupt();
        } else {
            exhausted = true;
        }
    }

    private static FrameException corrupt() {
        return new FrameException(CloseCodes.BAD_PAYLOAD, "a compressed message is corrupt");
    }

    @Override
    public void close() {
        entry.release();
    }
}
