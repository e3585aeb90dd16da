package platform.core.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** TCP. A buffer is held only while the peer reads too slowly. */
final class PlainTransport implements Transport {

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer waiting;

    PlainTransport(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    @Override
    public void begin() {
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return channel.read(to);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        if (waiting == null) {
            channel.write(from);
        }
        if (from.hasRemaining()) {
            keep(from);
        }
    }

    private void keep(ByteBuffer from) {
        int before = waiting == null ? 0 : waiting.remaining();
        ByteBuffer both = ByteBuffer.allocate(before + from.remaining());
        if (waiting != null) {
            both.put(waiting);
        }
        waiting = both.put(from).flip();
        key.interestOpsOr(SelectionKey.OP_WRITE);
    }

    @Override
    public void flush() throws IOException {
        if (waiting != null) {
            channel.write(waiting);
        }
        if (waiting == null || !waiting.hasRemaining()) {
            waiting = null;
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }
}
