package platform.webserver.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketSession;

/**
 * A path that accepts WebSockets, and those that are open on it. Jetty's sockets outlive whatever accepted them: they are
 * closed from here.
 */
final class SocketEndpoint {

    /** How long a peer may take to answer a close before its connection is cut. */
    private static final long CLOSE_SECONDS = 3;

    private final PathSpec spec;
    private final WebSocketListenerFactory listeners;
    private final Scheduler scheduler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean accepting;

    SocketEndpoint(PathSpec spec, WebSocketListenerFactory listeners, Scheduler scheduler) {
        this.spec = spec;
        this.listeners = listeners;
        this.scheduler = scheduler;
    }

    String owner() {
        return spec.owner();
    }

    Executor executor() {
        return spec.executor();
    }

    WebSocketListener listenerFor(WebSocketSession session) {
        return listeners.listenerFor(session);
    }

    void accept() {
        accepting = true;
    }

    /** @return false when the endpoint was closed while the socket was being opened */
    boolean add(Socket socket) {
        sockets.add(socket);
        return accepting;
    }

    void remove(Socket socket) {
        sockets.remove(socket);
    }

    void close(String reason) {
        accepting = false;
        sockets.forEach(socket -> socket.close(CloseStatus.SHUTDOWN, reason));
    }

    void abortSoon(CoreSession session) {
        scheduler.schedule(session::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
