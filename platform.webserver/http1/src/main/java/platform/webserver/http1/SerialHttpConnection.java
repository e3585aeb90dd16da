package platform.webserver.http1;

import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Lets one thread at a time read. Jetty answers a request that it cannot parse on another thread; when that has answered, it
 * goes on reading, while the thread that has parsed is about to release the buffer (12.1.12 and 12.1.13): bytes of this client
 * then end up in a buffer that another connection has got from the pool.
 */
final class SerialHttpConnection extends HttpConnection {

    private final ReentrantLock reading = new ReentrantLock();

    SerialHttpConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
        super(configuration, connector, endPoint);
    }

    @Override
    public void onFillable() {
        reading.lock();
        try {
            super.onFillable();
        } finally {
            reading.unlock();
        }
    }
}
