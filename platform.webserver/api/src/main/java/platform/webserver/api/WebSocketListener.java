package platform.webserver.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives what happens on a socket. Always: {@link #onOpen}, first and once. Then any number of messages, in the order
 * of the wire. Last and once: {@link #onClose}. All on the instance's executor, never two at a time. What a callback
 * throws goes to {@link #onError} and closes the socket with 1011.
 */
@ConsumerType
public interface WebSocketListener {

    default void onOpen(WebSocketSession session) {}

    /** A whole text message. */
    default void onText(WebSocketSession session, String message) {}

    /** A whole binary message; the buffer belongs to the listener. */
    default void onBinary(WebSocketSession session, ByteBuffer message) {}

    /**
     * The socket is gone.
     *
     * @param code RFC 6455 7.4.1; 1006 when the peer vanished without a close frame
     */
    default void onClose(WebSocketSession session, int code, String reason) {}

    default void onError(WebSocketSession session, Throwable cause) {}
}
