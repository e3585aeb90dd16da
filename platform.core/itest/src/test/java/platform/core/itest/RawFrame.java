package platform.core.itest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A frame as it is on the wire (RFC 6455 5.2). Nothing is checked: it can be made as wrong as a test needs it.
 *
 * @param first the first byte: FIN, the reserved bits and the operation code
 * @param payload what it carries, not masked
 */
record RawFrame(int first, byte[] payload) {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int RSV2 = 0x20;
    static final int RSV3 = 0x10;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The key of the RFC's own examples. */
    static final byte[] KEY = hex("37fa213d");

    private static final int MASKED = 0x80;
    private static final int SHOWN = 64;

    static RawFrame text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    static RawFrame text(byte[] payload) {
        return new RawFrame(FIN | TEXT, payload);
    }

    static RawFrame binary(byte[] payload) {
        return new RawFrame(FIN | BINARY, payload);
    }

    /** What goes on with a message, and ends it. */
    static RawFrame last(byte[] payload) {
        return new RawFrame(FIN | CONTINUATION, payload);
    }

    static RawFrame last(String payload) {
        return last(payload.getBytes(StandardCharsets.UTF_8));
    }

    static RawFrame ping(String payload) {
        return new RawFrame(FIN | PING, payload.getBytes(StandardCharsets.UTF_8));
    }

    static RawFrame pong(String payload) {
        return new RawFrame(FIN | PONG, payload.getBytes(StandardCharsets.UTF_8));
    }

    static RawFrame close(int code, String reason) {
        return close(code, reason.getBytes(StandardCharsets.UTF_8));
    }

    static RawFrame close(int code, byte[] reason) {
        byte[] status = {(byte) (code >> 8), (byte) code};
        return new RawFrame(FIN | CLOSE, concat(status, reason));
    }

    /** The same, but more frames of the message follow. */
    RawFrame unfinished() {
        return new RawFrame(first & ~FIN, payload);
    }

    /** The same with more bits set in the first byte. */
    RawFrame with(int bits) {
        return new RawFrame(first | bits, payload);
    }

    int code() {
        return payload.length < 2 ? -1 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** As a client must send it: masked, its length in the shortest form. */
    byte[] bytes() {
        return bytes(KEY);
    }

    byte[] bytes(byte[] key) {
        return concat(header(first, minimalForm(payload.length), payload.length, key), xor(payload, key));
    }

    /** As only a server may send it. */
    byte[] unmasked() {
        return concat(header(first, minimalForm(payload.length), payload.length, new byte[0]), payload);
    }

    /** Masked, its length in 16 or 64 bits whether it needs them or not. */
    byte[] bytesWithLengthIn(int bits) {
        return concat(header(first, bits, payload.length, KEY), xor(payload, KEY));
    }

    /** No more than the header of a client's frame, with the length in 64 bits. */
    static byte[] announcing(int first, long length) {
        return header(first, 64, length, KEY);
    }

    /** In fragments of a size, masked, the last one with FIN; when the size divides the payload, it is empty. */
    byte[] inFragments(int size) {
        byte[][] frames = new byte[payload.length / size + 1][];
        for (int i = 0; i < frames.length; i++) {
            byte[] part = Arrays.copyOfRange(payload, i * size, Math.min((i + 1) * size, payload.length));
            RawFrame frame = i == 0 ? new RawFrame(first, part) : last(part);
            frames[i] = (i == frames.length - 1 ? frame : frame.unfinished()).bytes();
        }
        return concat(frames);
    }

    static int minimalForm(long length) {
        if (length >= 0 && length < 126) {
            return 7;
        }
        return length >= 0 && length < 65_536 ? 16 : 64;
    }

    private static byte[] header(int first, int form, long length, byte[] key) {
        int mask = key.length == 0 ? 0 : MASKED;
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (form == 7) {
            header.put((byte) (mask | length));
        } else if (form == 16) {
            header.put((byte) (mask | 126)).putShort((short) length);
        } else {
            header.put((byte) (mask | 127)).putLong(length);
        }
        header.put(key);
        return Arrays.copyOf(header.array(), header.position());
    }

    private static byte[] xor(byte[] payload, byte[] key) {
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ key[i % 4]);
        }
        return masked;
    }

    static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    /** Spaces are for the reader. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Override
    public String toString() {
        String shown = HexFormat.of().formatHex(payload, 0, Math.min(SHOWN, payload.length));
        return String.format("%02x[%d] %s", first, payload.length, shown);
    }
}
