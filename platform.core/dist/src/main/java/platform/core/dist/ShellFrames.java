package platform.core.dist;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The client's half of the shell's protocol. {@code platform.core.shell.ShellProtocol} describes the frames; both sides
 * come from one distribution, and the version in the greeting tells when they do not.
 */
final class ShellFrames {

    static final byte HELLO = 'H';
    static final byte STDIN = 'I';
    static final byte RESIZE = 'R';
    static final byte ASK = 'A';
    static final byte STDOUT = 'O';
    static final byte STDERR = 'E';
    static final byte EXIT = 'X';

    private static final int VERSION = 1;
    private static final int TERMINAL = 1;
    private static final int AS_USER = 2;

    private final SocketChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(5);

    ShellFrames(SocketChannel channel) {
        this.channel = channel;
    }

    /** A message. */
    record Frame(byte type, ByteBuffer payload) {}

    /** The size of the window in characters. */
    record Size(int columns, int rows) {

        static final Size UNKNOWN = new Size(80, 24);

        byte[] encode() {
            return ByteBuffer.allocate(4)
                    .putShort((short) columns)
                    .putShort((short) rows)
                    .array();
        }
    }

    /** The greeting. */
    static byte[] hello(boolean terminal, Size size, String term, Optional<String> user, List<String> command) {
        List<String> arguments = Stream.concat(user.stream(), command.stream()).toList();
        int flags = (terminal ? TERMINAL : 0) | (user.isPresent() ? AS_USER : 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(flags);
            out.write(size.encode());
            text(out, term);
            out.writeInt(arguments.size());
            for (String argument : arguments) {
                text(out, argument);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /** Sends a frame; any thread may. */
    synchronized void send(byte type, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + payload.length);
        frame.put(type).putInt(payload.length).put(payload).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /**
     * Waits for the next frame.
     *
     * @throws EOFException when the platform has hung up
     */
    Frame next() throws IOException {
        fill(head.clear());
        ByteBuffer payload = ByteBuffer.allocate(head.getInt(1));
        fill(payload);
        return new Frame(head.get(0), payload.flip());
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }
}
