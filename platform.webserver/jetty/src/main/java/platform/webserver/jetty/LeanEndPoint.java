package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A TCP connection of which bytes that were read can be put back, to be read again by another connection object. The end of
 * one that is ours is dealt with by the thread that notices it: sockets make nobody wait then.
 */
class LeanEndPoint extends SocketChannelEndPoint {

    private static final ThreadLocal<Boolean> ENDING_HERE = ThreadLocal.withInitial(() -> false);

    private ByteBuffer putBack;

    LeanEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** To be called by the thread that read them, which has not asked for more. */
    void putBack(ByteBuffer bytes) {
        putBack = BufferUtil.copy(bytes);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        ByteBuffer before = putBack;
        if (before == null) {
            return super.fill(buffer);
        }
        int taken = BufferUtil.append(buffer, before);
        if (!before.hasRemaining()) {
            putBack = null;
        }
        return taken;
    }

    @Override
    public void onClose(Throwable cause) {
        ENDING_HERE.set(getConnection() instanceof LeanConnection);
        try {
            super.onClose(cause);
        } finally {
            ENDING_HERE.set(false);
        }
    }

    /** Whether what Jetty wants to be done just now is to tell our connection that it has ended. */
    static boolean isEndingHere() {
        return ENDING_HERE.get();
    }
}
