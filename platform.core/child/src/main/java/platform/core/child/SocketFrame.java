package platform.core.child;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the platform and the process tell each other of WebSockets, over one connection for each instance: length, kind, number of
 * the socket, payload.
 *
 * @param socket its number on this connection
 */
public record SocketFrame(Kind kind, int socket, byte[] payload) {

    private static final int HEAD = 9;

    /** More than any message of the webserver's: what is longer is no frame. */
    private static final int LONGEST = 1 << 30;

    /** What it is about. */
    public enum Kind {
        /** A socket was opened: {@link SocketOpening} as JSON. */
        OPEN,
        /** The app takes it, whole messages. */
        TAKE_WHOLE,
        /** The app takes it, messages in parts. */
        TAKE_PARTS,
        TEXT,
        BINARY,
        /** A part of a text message, more to come. */
        TEXT_PART,
        /** The last part of a text message. */
        TEXT_END,
        BINARY_PART,
        BINARY_END,
        PING,
        PONG,
        /** Shall be closed, or is: two bytes of code, and the reason. */
        CLOSE,
        /** From now on messages wait for the peer. */
        SLOW,
        /** They do not any more. */
        QUICK;

        private static final Kind[] ALL = values();
    }

    public SocketFrame(Kind kind, int socket) {
        this(kind, socket, new byte[0]);
    }

    public SocketFrame(Kind kind, int socket, String text) {
        this(kind, socket, text.getBytes(StandardCharsets.UTF_8));
    }

    public SocketFrame(Kind kind, int socket, ByteBuffer bytes) {
        this(kind, socket, bytesOf(bytes));
    }

    /** To be closed, or closed. */
    public static SocketFrame close(int socket, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return new SocketFrame(
                Kind.CLOSE,
                socket,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Of a CLOSE. */
    public int code() {
        return ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** Of a CLOSE. */
    public String reason() {
        return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** As it goes over the connection. */
    public ByteBuffer encoded() {
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .put((byte) kind.ordinal())
                .putInt(socket)
                .put(payload)
                .flip();
    }

    /**
     * The next one.
     *
     * @throws java.io.EOFException when the connection has ended
     */
    public static SocketFrame read(DataInputStream input) throws IOException {
        int length = input.readInt();
        int kind = input.readUnsignedByte();
        int socket = input.readInt();
        if (length < 0 || length > LONGEST || kind >= Kind.ALL.length) {
            throw new IOException("This is no frame: length " + length + ", kind " + kind);
        }
        byte[] payload = new byte[length];
        input.readFully(payload);
        return new SocketFrame(Kind.ALL[kind], socket, payload);
    }
}
