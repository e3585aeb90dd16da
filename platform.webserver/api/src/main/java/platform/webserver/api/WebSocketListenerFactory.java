package platform.webserver.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Gives each new socket its listener. One listener may serve many sockets if it keeps no state. */
@ConsumerType
@FunctionalInterface
public interface WebSocketListenerFactory {

    /** Called once for each socket, on the instance's executor. What it throws closes the socket with 1011. */
    WebSocketListener listenerFor(WebSocketSession session);
}
