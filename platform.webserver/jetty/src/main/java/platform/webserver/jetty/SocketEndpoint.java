package platform.webserver.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/**
 * A path that accepts WebSockets, and those that are open on it: a list that the sockets themselves make up, so that one joins
 * and leaves in constant time, and closing all takes no longer than there are.
 */
final class SocketEndpoint {

    private final SocketGroup group;
    private final String path;
    private final WebSocketOptions options;
    private final WebSocketListenerFactory listeners;
    private final WebSocketUpgrade plain;
    private Socket first;
    private boolean accepting;

    /** @param path below the instance's */
    SocketEndpoint(SocketGroup group, String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
        this.group = group;
        this.path = path;
        this.options = options;
        this.listeners = listeners;
        this.plain = new WebSocketUpgrade(path, "", Optional.empty(), "", Map.of(), Optional.empty());
    }

    SocketGroup group() {
        return group;
    }

    String path() {
        return path;
    }

    /** What is known of an upgrade that says nothing besides the path. */
    WebSocketUpgrade plain() {
        return plain;
    }

    WebSocketOptions options() {
        return options;
    }

    WebSocketListener listenerFor(WebSocketSession session) {
        return listeners.listenerFor(session);
    }

    /** Whether any thread may open sockets. */
    boolean opensAtOnce() {
        return listeners.isNonBlocking();
    }

    synchronized void accept() {
        accepting = true;
    }

    /** @return false when the endpoint was closed while the socket was being opened; it is not added then */
    synchronized boolean add(Socket socket) {
        if (!accepting) {
            return false;
        }
        socket.next = first;
        if (first != null) {
            first.previous = socket;
        }
        first = socket;
        socket.listed = true;
        group.socketOpened();
        return true;
    }

    synchronized void remove(Socket socket) {
        if (!socket.listed) {
            return;
        }
        socket.listed = false;
        if (socket.previous == null) {
            first = socket.next;
        } else {
            socket.previous.next = socket.next;
        }
        if (socket.next != null) {
            socket.next.previous = socket.previous;
        }
        socket.previous = null;
        socket.next = null;
        group.socketGone();
    }

    /** Accepts no more, and closes all with 1001. */
    void close(String reason) {
        close(CloseCodes.GOING_AWAY, reason);
    }

    /** Accepts no more, and closes all. */
    void close(int code, String reason) {
        String shown = CloseFrame.shortened(reason);
        stopAccepting().forEach(socket -> socket.close(code, shown));
    }

    private synchronized List<Socket> stopAccepting() {
        accepting = false;
        List<Socket> open = new ArrayList<>();
        for (Socket socket = first; socket != null; socket = socket.next) {
            open.add(socket);
        }
        return open;
    }
}
