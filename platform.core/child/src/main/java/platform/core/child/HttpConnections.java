package platform.core.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** The connections to the webserver of a process. Those that are idle are kept for the next request, for a while. */
public final class HttpConnections implements AutoCloseable {

    /** Far less than after which the process closes an idle one. */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path path;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** @param path where the process listens */
    public HttpConnections(Path path) {
        this.path = path;
    }

    HttpConnection take() throws IOException {
        for (HttpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (!kept.isIdleFor(KEEP_NANOS)) {
                return kept;
            }
            kept.close();
        }
        return new HttpConnection(LocalSocket.connect(path));
    }

    /** It can be used again. */
    void keep(HttpConnection connection) {
        connection.rest();
        idle.addFirst(connection);
        HttpConnection oldest = idle.peekLast();
        if ((closed || oldest.isIdleFor(KEEP_NANOS)) && idle.remove(oldest)) {
            oldest.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (HttpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.close();
        }
    }
}
