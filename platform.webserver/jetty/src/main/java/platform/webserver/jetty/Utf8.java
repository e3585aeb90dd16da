package platform.webserver.jetty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 (RFC 3629 4) as it arrives, in pieces of any size. Between two pieces one number says where a character
 * stands: how many bytes it lacks, and from which to which the next one may be.
 */
final class Utf8 {

    /** The state at the beginning of a text, and behind each whole character. */
    static final int COMPLETE = 0;

    static final int INVALID = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** @return the state behind these bytes; {@link #INVALID} when they cannot be a part of any text */
    static int check(int state, byte[] bytes, int from, int to) {
        int now = state;
        int i = from;
        while (i < to) {
            if (now == COMPLETE && i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
                continue;
            }
            now = now == COMPLETE ? first(bytes[i] & 0xff) : next(now, bytes[i] & 0xff);
            if (now == INVALID) {
                return INVALID;
            }
            i++;
        }
        return now;
    }

    /** How many of the last bytes belong to a character that is not complete. */
    static int incomplete(byte[] bytes, int to) {
        int from = to - 1;
        while ((bytes[from] & 0xc0) == 0x80) {
            from--;
        }
        return to - from;
    }

    private static int first(int b) {
        if (b < 0x80) {
            return COMPLETE;
        }
        if (b < 0xc2 || b > 0xf4) {
            return INVALID;
        }
        if (b < 0xe0) {
            return lacking(1, 0x80, 0xbf);
        }
        return switch (b) {
            case 0xe0 -> lacking(2, 0xa0, 0xbf);
            case 0xed -> lacking(2, 0x80, 0x9f);
            case 0xf0 -> lacking(3, 0x90, 0xbf);
            case 0xf4 -> lacking(3, 0x80, 0x8f);
            default -> lacking(b < 0xf0 ? 2 : 3, 0x80, 0xbf);
        };
    }

    private static int next(int state, int b) {
        int least = state >> 8 & 0xff;
        int most = state & 0xff;
        if (b < least || b > most) {
            return INVALID;
        }
        int lacks = (state >> 16) - 1;
        return lacks == 0 ? COMPLETE : lacking(lacks, 0x80, 0xbf);
    }

    private static int lacking(int bytes, int least, int most) {
        return bytes << 16 | least << 8 | most;
    }
}
