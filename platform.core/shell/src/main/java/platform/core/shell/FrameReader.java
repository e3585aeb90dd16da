package platform.core.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import platform.core.shell.ShellProtocol.Frame;

/** Takes frames off a channel. Reads the channel itself: on Java 17 a socket's streams lock each other out. */
final class FrameReader {

    private final ReadableByteChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(5);

    FrameReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** The next frame; empty when the other side has hung up. */
    Optional<Frame> next() throws IOException {
        if (!fill(head.clear())) {
            return Optional.empty();
        }
        byte type = head.get(0);
        int length = head.getInt(1);
        if (length < 0 || length > ShellProtocol.MAX_PAYLOAD) {
            throw new IOException("A frame of " + length + " bytes is not allowed.");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        return fill(payload) ? Optional.of(new Frame(type, payload.array())) : Optional.empty();
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
