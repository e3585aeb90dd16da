package platform.webserver.jetty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of RFC 6455 5.3, eight bytes at a time. */
final class Masks {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masks() {}

    /**
     * Masks, or unmasks, in place.
     *
     * @param key the masking key as the frame has it, read as a big-endian number
     * @param offset where in the frame's payload the first of these bytes lies
     */
    static void apply(int key, long offset, byte[] bytes, int from, int to) {
        int turned = Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
        long twice = Integer.toUnsignedLong(turned) << Integer.SIZE | Integer.toUnsignedLong(turned);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ twice);
        }
        for (int shift = Long.SIZE - Byte.SIZE; i < to; i++, shift -= Byte.SIZE) {
            bytes[i] ^= (byte) (twice >>> shift);
        }
    }
}
