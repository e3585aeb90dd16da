package platform.webserver.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Frames as a client sends them, written independently of the code under test (RFC 6455 5.2). */
final class PeerFrames {

    static final int KEY = 0x8142c317;

    private PeerFrames() {}

    static byte[] text(String message) {
        return frame(0x81, utf8(message));
    }

    static byte[] binary(byte[] message) {
        return frame(0x82, message);
    }

    static byte[] close(int code, String reason) {
        return frame(
                0x88, concat(new byte[] {(byte) (code >> 8), (byte) code}, reason.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(first, payload.length));
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ KEY >>> 24 - 8 * (i % 4));
        }
        return out.toByteArray();
    }

    /** A masked frame's header, whatever length it announces. */
    static byte[] header(int first, long length) {
        ByteBuffer out = ByteBuffer.allocate(14).put((byte) first);
        if (length >= 0 && length < 126) {
            out.put((byte) (0x80 | length));
        } else if (length >= 0 && length < 65536) {
            out.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(length);
        }
        out.putInt(KEY).flip();
        byte[] header = new byte[out.remaining()];
        out.get(header);
        return header;
    }

    /** A whole message of one compressed frame. */
    static byte[] compressed(int opcode, byte[] message) {
        return frame(0xc0 | opcode, deflate(message));
    }

    /** As RFC 7692 7.2.1 has it: flushed, without the four bytes that end a flush. */
    static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 100];
        int n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, n - 4);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A frame of the server. */
    record Sent(int first, byte[] payload) {
        int opcode() {
            return first & 0x0f;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame. */
        int code() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        @Override
        public String toString() {
            return Integer.toHexString(first) + " " + text();
        }
    }

    /** Takes a server's bytes apart; they must end with a frame's end. */
    static List<Sent> parse(byte[] bytes) {
        List<Sent> frames = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int first = in.get() & 0xff;
            long length = in.get();
            length = length == 126 ? in.getShort() & 0xffff : length == 127 ? in.getLong() : length;
            byte[] payload = new byte[Math.toIntExact(length)];
            in.get(payload);
            frames.add(new Sent(first, payload));
        }
        return frames;
    }
}
