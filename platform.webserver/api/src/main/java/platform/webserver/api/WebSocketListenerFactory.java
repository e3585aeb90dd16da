package platform.webserver.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Gives each new socket its listener. One listener may serve many sockets if it keeps no state. */
@ConsumerType
@FunctionalInterface
public interface WebSocketListenerFactory {

    /** Called once for each socket, on the instance's executor. What it throws closes the socket with 1011. */
    WebSocketListener listenerFor(WebSocketSession session);

    /**
     * Whether opening a socket never waits for anything and never takes long: neither {@link #listenerFor} nor
     * {@link WebSocketListener#onOpen} of what it gives. Such sockets are opened without a change of threads, by a thread
     * that serves others as well. Asked for each socket, before it is opened; always answer the same.
     */
    default boolean isNonBlocking() {
        return false;
    }

    /** A factory that does the same and says that it never waits. */
    static WebSocketListenerFactory nonBlocking(WebSocketListenerFactory listeners) {
        return new WebSocketListenerFactory() {
            @Override
            public WebSocketListener listenerFor(WebSocketSession session) {
                return listeners.listenerFor(session);
            }

            @Override
            public boolean isNonBlocking() {
                return true;
            }
        };
    }
}
