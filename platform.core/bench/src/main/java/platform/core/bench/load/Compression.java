package platform.core.bench.load;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate, RFC 7692, with one compressor and one decompressor for all sockets: the client must not pay per
 * socket for what it measures in the server. Its messages never refer to those before, which is always allowed; of the
 * server's former messages a socket keeps the text, for these may be referred to.
 */
final class Compression {

    private static final int WINDOW = 32_768;
    private static final int CHUNK = 4_096;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK];

    /** RFC 7692 7.2.1. */
    ByteBuffer deflate(ByteBuffer message) {
        deflater.reset();
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int n = chunk.length;
        while (n == chunk.length) {
            n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, n);
        }
        return ByteBuffer.wrap(out.toByteArray(), 0, out.size() - TAIL.length);
    }

    /**
     * RFC 7692 7.2.2.
     *
     * @param history what {@link #remember} made of the messages before; empty when there is none
     */
    byte[] inflate(ByteBuffer payload, byte[] history) throws ProtocolException {
        inflater.reset();
        if (history.length > 0) {
            inflater.setDictionary(history);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            inflater.setInput(payload);
            drain(out);
            inflater.setInput(TAIL);
            drain(out);
        } catch (DataFormatException e) {
            throw (ProtocolException) new ProtocolException("the server sent what cannot be inflated").initCause(e);
        }
        return out.toByteArray();
    }

    private void drain(ByteArrayOutputStream out) throws DataFormatException {
        int n = 1;
        while (n > 0) {
            n = inflater.inflate(chunk);
            out.write(chunk, 0, n);
        }
    }

    /** The last 32 KiB of all messages. */
    static byte[] remember(byte[] history, byte[] message) {
        byte[] all = Arrays.copyOf(history, history.length + message.length);
        System.arraycopy(message, 0, all, history.length, message.length);
        return all.length <= WINDOW ? all : Arrays.copyOfRange(all, all.length - WINDOW, all.length);
    }
}
