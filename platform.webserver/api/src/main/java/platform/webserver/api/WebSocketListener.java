package platform.webserver.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives what happens on a socket. Always: {@link #onOpen}, first and once. Then any number of messages and pongs, in the
 * order of the wire. Last and once: {@link #onClose}. Never two at a time: neither of one socket nor of two sockets of the
 * same instance, since all are called on the instance's executor.
 *
 * <p>While a callback runs, its socket is not read: a listener that lags slows its peer down, and the heap stays as it is.
 * What a callback throws goes to {@link #onError} and closes the socket with 1011.
 */
@ConsumerType
public interface WebSocketListener {

    /**
     * Whether the callbacks never wait: not for a lock, a file, the database, another machine. Then they may be called by
     * the thread that reads the network, which spares the change to another thread; the order of calls is the same. Asked
     * once, after the listener was made. A listener that says so and waits all the same stops the sockets of others.
     */
    default boolean isNonBlocking() {
        return false;
    }

    default void onOpen(WebSocketSession session) {}

    /** A whole text message. */
    default void onText(WebSocketSession session, String message) {}

    /** A whole binary message; the buffer belongs to the listener. */
    default void onBinary(WebSocketSession session, ByteBuffer message) {}

    /**
     * A pong (RFC 6455 5.5.3), asked for by {@link WebSocketSession#ping} or not. The answers to the webserver's own pings
     * do not come here.
     *
     * @param payload at most 125 bytes; belongs to the listener
     */
    default void onPong(WebSocketSession session, ByteBuffer payload) {}

    /**
     * The socket is closed; nothing can be sent any more. Not called when the instance stops before the peer has answered:
     * its executor then takes no more calls.
     *
     * @param code RFC 6455 7.4.1: the one of the side that closed first, also when the other did not answer; 1005 when the
     *     peer closed without one, 1006 when the connection ended before either side closed
     * @param reason empty when there was none
     */
    default void onClose(WebSocketSession session, int code, String reason) {}

    /** A callback threw this. */
    default void onError(WebSocketSession session, Throwable cause) {}
}
