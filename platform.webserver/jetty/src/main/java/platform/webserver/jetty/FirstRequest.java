package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of which nothing was read yet: what comes first decides what becomes of it. Runs on selector threads. */
final class FirstRequest extends LeanConnection implements Connection.UpgradeFrom {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRequest.class);

    private final FirstRequestFactory factory;
    private final Connector connector;
    private final LeanEndPoint endPoint;
    /** What came in one piece with the request for a WebSocket. */
    private ByteBuffer frames;

    FirstRequest(FirstRequestFactory factory, Connector connector, LeanEndPoint endPoint) {
        super(endPoint);
        this.factory = factory;
        this.connector = connector;
        this.endPoint = endPoint;
    }

    @Override
    public void onOpen() {
        awaitInput();
    }

    /** There is something to read. */
    @Override
    public void succeeded() {
        try {
            read();
        } catch (IOException e) {
            endPoint.close(e);
        } catch (RuntimeException | Error e) {
            LOG.error("A connection could not be served and is cut off", e);
            endPoint.close(e);
        }
    }

    private void read() throws IOException {
        RetainableByteBuffer buffer = factory.buffer(connector);
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            int read = endPoint.fill(bytes);
            if (read < 0) {
                endPoint.close();
            } else if (read == 0) {
                awaitInput();
            } else if (!becomesSocket(bytes)) {
                endPoint.putBack(bytes);
                factory.handOver(connector, endPoint);
            }
        } finally {
            buffer.release();
        }
    }

    private boolean becomesSocket(ByteBuffer bytes) throws IOException {
        frames = bytes.slice();
        SocketRequestReader reader = new SocketRequestReader(factory);
        SocketUpgrade.Accepted accepted = reader.read(frames)
                ? factory.accept(reader.path(), reader.request(endPoint.getRemoteSocketAddress()))
                : null;
        if (accepted == null) {
            frames = null;
            return false;
        }
        ByteBuffer response = accepted.response();
        if (!endPoint.flush(response)) {
            throw new IOException("A new connection takes no answer");
        }
        factory.opened(endPoint, reader);
        endPoint.upgrade(accepted.wire(endPoint, null));
        return true;
    }

    @Override
    public ByteBuffer onUpgradeFrom() {
        return frames;
    }
}
