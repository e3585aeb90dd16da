package platform.webserver.api;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One open WebSocket. Any thread may call it, and no call waits for the peer; messages leave in the order of the calls.
 *
 * <p>What a peer does not read at once waits in the socket's queue. A queue has a limit, and so has all that waits for the
 * sockets of an instance, and of the platform: beyond it messages are refused. A peer that reads nothing at all for a while is
 * cut off with 1013.
 */
@ProviderType
public interface WebSocketSession {

    /** What is known of the request that opened the socket. */
    WebSocketUpgrade upgrade();

    /** Whether messages can be sent: from {@link WebSocketListener#onOpen} until either side begins to close. */
    boolean isOpen();

    /**
     * Sends a whole text message. Half a surrogate pair is no character, and is sent as a question mark.
     *
     * @throws IllegalStateException while a message is sent in parts
     */
    SendResult send(String message);

    /**
     * Sends a whole binary message, what remains of the buffer. The buffer must not be changed afterwards.
     *
     * @throws IllegalStateException while a message is sent in parts
     */
    SendResult send(ByteBuffer message);

    /**
     * Sends a part of a text message, for one that is never in the memory as a whole. When a part is refused, the rest of
     * its message can no longer be sent and the socket should be closed. A part must not end within a surrogate pair.
     *
     * @param last whether the message ends with it
     * @throws IllegalStateException while a binary message is sent in parts
     */
    SendResult sendPartial(String part, boolean last);

    /**
     * Sends a part of a binary message; see {@link #sendPartial(String, boolean)}.
     *
     * @throws IllegalStateException while a text message is sent in parts
     */
    SendResult sendPartial(ByteBuffer part, boolean last);

    /**
     * Sends a ping (RFC 6455 5.5.2); the answer comes to {@link WebSocketListener#onPong}. There is no need for it to keep the
     * connection alive: the webserver does.
     *
     * @throws IllegalArgumentException when the payload has more than 125 bytes
     */
    SendResult ping(ByteBuffer payload);

    /**
     * Starts the closing handshake; messages sent before it still leave. Does nothing on a socket that is closing.
     *
     * @param code RFC 6455 7.4: 1000 to 1003, 1007 to 1014, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException when the code may not be sent or the reason is too long
     */
    void close(int code, String reason);

    /** What was kept under this name by {@link #setAttribute}. */
    Optional<Object> attribute(String name);

    /**
     * Keeps something with the socket until it is gone.
     *
     * @param value null removes what was kept
     */
    void setAttribute(String name, Object value);

    /** What became of a message. */
    enum SendResult {
        /** Handed to the network. */
        SENT,
        /** Waits behind earlier messages for the peer. */
        QUEUED,
        /** Dropped: the peer is too slow and a queue is full, or the socket is closed. */
        REFUSED
    }
}
