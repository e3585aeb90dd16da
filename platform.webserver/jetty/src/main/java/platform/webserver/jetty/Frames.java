package platform.webserver.jetty;

import java.nio.ByteBuffer;

/** The framing of RFC 6455 5.2 without any state, the same for every kind of wire. */
final class Frames {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FIN = 0x80;
    /** RSV1: the message is compressed (RFC 7692 6). */
    static final int COMPRESSED = 0x40;

    static final int MAX_CONTROL = 125;
    /** The longest header that a client sends. */
    static final int MAX_HEADER = 14;

    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MAX_TWO_BYTES = 0xffff;

    private Frames() {}

    static int opcode(int first) {
        return first & OPCODE;
    }

    static boolean isLast(int first) {
        return (first & FIN) != 0;
    }

    static boolean isCompressed(int first) {
        return (first & COMPRESSED) != 0;
    }

    static boolean isControl(int opcode) {
        return opcode >= CLOSE;
    }

    /** How many bytes the header of a client's frame has. */
    static int headerSize(int second) {
        return switch (second & LENGTH) {
            case TWO_BYTES -> 8;
            case EIGHT_BYTES -> MAX_HEADER;
            default -> 6;
        };
    }

    /**
     * Checks the first two bytes of a client's frame, as soon as they are there.
     *
     * @param compressing whether permessage-deflate was agreed on
     * @throws FrameException 1002
     */
    static void check(int first, int second, boolean compressing) {
        int opcode = opcode(first);
        int reserved = first & RESERVED;
        if (reserved != 0 && !(reserved == COMPRESSED && compressing && (opcode == TEXT || opcode == BINARY))) {
            throw FrameException.protocol("a reserved bit is set");
        }
        if (opcode > BINARY && opcode < CLOSE || opcode > PONG) {
            throw FrameException.protocol("opcode " + opcode + " is reserved");
        }
        if ((second & MASKED) == 0) {
            throw FrameException.protocol("a client's frame must be masked");
        }
        if (isControl(opcode) && (!isLast(first) || (second & LENGTH) > MAX_CONTROL)) {
            throw FrameException.protocol("a control frame is fragmented or longer than 125 bytes");
        }
    }

    /**
     * Reads the length behind the first two bytes.
     *
     * @throws FrameException 1002 when it is not written in the shortest form, or negative
     */
    static long length(int second, ByteBuffer in) {
        int length = second & LENGTH;
        if (length == TWO_BYTES) {
            return atLeast(TWO_BYTES, in.getShort() & MAX_TWO_BYTES);
        }
        return length == EIGHT_BYTES ? atLeast(MAX_TWO_BYTES + 1L, in.getLong()) : length;
    }

    private static long atLeast(long least, long length) {
        if (length < least) {
            throw FrameException.protocol("the length of a frame is not in its shortest form");
        }
        return length;
    }

    /** How many bytes the header of a server's frame has. */
    static int headerSizeOut(int length) {
        return length < TWO_BYTES ? 2 : length <= MAX_TWO_BYTES ? 4 : 10;
    }

    /** Writes the header of a server's frame, which is not masked. */
    static void putHeader(ByteBuffer out, int first, int length) {
        out.put((byte) first);
        if (length < TWO_BYTES) {
            out.put((byte) length);
        } else if (length <= MAX_TWO_BYTES) {
            out.put((byte) TWO_BYTES).putShort((short) length);
        } else {
            out.put((byte) EIGHT_BYTES).putLong(length);
        }
    }
}
