package platform.core.bench.load;

import java.nio.ByteBuffer;

/** Writes a client's frames, RFC 6455 5.2: whole messages, masked. */
final class FrameWriter {

    /** The most that a frame is longer than its payload. */
    static final int OVERHEAD = 14;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private FrameWriter() {}

    /**
     * Puts one frame into a buffer that has room for it.
     *
     * @param compressed whether the payload is, RFC 7692 6
     * @param mask any number; RFC 6455 10.3 wants a random one against proxies, of which there are none here
     */
    static void write(ByteBuffer to, int opcode, boolean compressed, ByteBuffer payload, int mask) {
        to.put((byte) (FIN | (compressed ? RSV1 : 0) | opcode));
        writeLength(to, payload.remaining());
        to.putInt(mask);
        writeMasked(to, payload, mask);
    }

    private static void writeLength(ByteBuffer to, int length) {
        if (length < SHORT) {
            to.put((byte) (MASKED | length));
        } else if (length <= 0xFFFF) {
            to.put((byte) (MASKED | SHORT)).putShort((short) length);
        } else {
            to.put((byte) (MASKED | LONG)).putLong(length);
        }
    }

    private static void writeMasked(ByteBuffer to, ByteBuffer payload, int mask) {
        long twice = (long) mask << 32 | mask & 0xFFFF_FFFFL;
        while (payload.remaining() >= Long.BYTES) {
            to.putLong(payload.getLong() ^ twice);
        }
        for (int shift = 56; payload.hasRemaining(); shift -= 8) {
            to.put((byte) (payload.get() ^ twice >>> shift));
        }
    }
}
