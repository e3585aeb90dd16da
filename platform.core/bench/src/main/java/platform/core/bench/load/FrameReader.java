package platform.core.bench.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Reads a server's frames, RFC 6455 5.2. It keeps nothing: what is not complete stays in the buffer. */
final class FrameReader {

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2_AND_3 = 0x30;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private FrameReader() {}

    /** Receives a frame. */
    interface Sink {

        /** @param payload good until this returns */
        void frame(int opcode, boolean fin, boolean compressed, ByteBuffer payload) throws IOException;
    }

    /**
     * Takes the next frame off the buffer.
     *
     * @return false when it is not complete; the buffer is as it was
     * @throws ProtocolException when no server may send such a frame
     */
    static boolean read(ByteBuffer in, Sink sink) throws IOException {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        check(first, second);
        int lengthBytes = second == SHORT ? Short.BYTES : second == LONG ? Long.BYTES : 0;
        if (in.remaining() < lengthBytes) {
            in.position(start);
            return false;
        }
        long length = length(in, second);
        if (in.remaining() < length) {
            in.position(start);
            return false;
        }
        ByteBuffer payload = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        sink.frame(first & OPCODE, (first & FIN) != 0, (first & RSV1) != 0, payload);
        return true;
    }

    private static void check(int first, int second) throws ProtocolException {
        if ((second & MASKED) != 0) {
            throw new ProtocolException("the server masked a frame");
        }
        if ((first & RSV2_AND_3) != 0) {
            throw new ProtocolException("the server set a reserved bit");
        }
    }

    private static long length(ByteBuffer in, int second) throws ProtocolException {
        long length = second == SHORT ? in.getShort() & 0xFFFF : second == LONG ? in.getLong() : second;
        if (length < 0) {
            throw new ProtocolException("the server sent a negative length");
        }
        return length;
    }
}
