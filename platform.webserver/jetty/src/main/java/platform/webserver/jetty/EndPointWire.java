package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket on one of Jetty's end points: a TCP connection, TLS, or a stream of HTTP/2. Jetty hands the connection over after
 * the upgrade and forgets the request. While it is idle it is this one small object: the read buffer is borrowed when there is
 * something to read, and given back before the thread goes on. Reading happens on Jetty's selector threads.
 */
final class EndPointWire extends LeanConnection implements Wire, Connection.UpgradeTo {

    /** What one read takes at most: a whole TLS record, so that it is decrypted into place. */
    static final int BUFFER_BYTES = 17 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EndPointWire.class);

    private final ByteBufferPool buffers;
    private final Socket socket;
    /** The thread of the request, until it has become a socket. */
    private Thread opener;

    /** @param opener the thread of the request, which may wait */
    EndPointWire(EndPoint endPoint, ByteBufferPool buffers, Socket socket, Thread opener) {
        super(endPoint);
        this.buffers = buffers;
        this.socket = socket;
        this.opener = opener;
    }

    /** A frame that came in one piece with the upgrade request. */
    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        socket.keep(bytes);
    }

    @Override
    public void onOpen() {
        getEndPoint().setIdleTimeout(0);
        boolean mayWait = Thread.currentThread() == opener;
        opener = null;
        socket.open(this, mayWait);
    }

    @Override
    public void onClose(Throwable cause) {
        socket.gone();
    }

    // ----------------------------------------------------------------------------------------------------------
    // reading

    @Override
    public void readOn() {
        if (socket.receivedBefore()) {
            awaitInput();
        }
    }

    /** There is something to read. */
    @Override
    public void succeeded() {
        try {
            if (read()) {
                awaitInput();
            }
        } catch (IOException e) {
            getEndPoint().close(e);
        } catch (RuntimeException | Error e) {
            // Nobody would ask this socket for anything again.
            LOG.error("A WebSocket could not be read and is cut off", e);
            getEndPoint().close(e);
        }
    }

    /** @return whether to wait for more */
    private boolean read() throws IOException {
        RetainableByteBuffer buffer = buffers.acquire(BUFFER_BYTES, true);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            // What TLS and HTTP/2 have decoded already is read without another wake-up, but no more than from a TCP
            // connection: the other sockets of this thread wait.
            boolean hidden = !(getEndPoint() instanceof SocketChannelEndPoint);
            int taken = 0;
            do {
                BufferUtil.clear(bytes);
                int read = getEndPoint().fill(bytes);
                if (read < 0) {
                    socket.ended();
                    return false;
                }
                if (read == 0) {
                    return true;
                }
                taken += read;
                if (!socket.received(bytes)) {
                    return false;
                }
            } while (hidden && taken < BUFFER_BYTES);
            return true;
        } finally {
            buffer.release();
        }
    }

    // ----------------------------------------------------------------------------------------------------------
    // writing

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        return getEndPoint().flush(bytes);
    }

    @Override
    public void write(ByteBuffer bytes, Callback callback) {
        getEndPoint().write(callback, bytes);
    }

    @Override
    public void endOutput() {
        getEndPoint().shutdownOutput();
    }

    @Override
    public void cut() {
        getEndPoint().close();
    }

    /** Sockets have deadlines of their own; only when Jetty stops does it set one, for what is still closing. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return !socket.isOpen();
    }
}
