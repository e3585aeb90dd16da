package platform.webserver.api;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One open WebSocket. Any thread may call it; messages leave in the order of the calls. */
@ProviderType
public interface WebSocketSession {

    /** The path of the upgrade request below the instance's path, decoded. */
    String path();

    /** The raw query of the upgrade request; empty when there was none. */
    String query();

    /** Who opened the socket, where the webserver knows it. */
    Optional<Principal> principal();

    boolean isOpen();

    /** Sends a whole text message; never blocks. */
    SendResult send(String message);

    /** Sends a whole binary message; never blocks. The buffer must not be changed afterwards. */
    SendResult send(ByteBuffer message);

    /**
     * Starts the close handshake; messages sent before it still leave. Does nothing on a socket that is closing.
     *
     * @param code RFC 6455 7.4: 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);

    /** What became of a message. */
    enum SendResult {
        /** Handed to the network. */
        SENT,
        /** Waits behind earlier messages for the peer. */
        QUEUED,
        /** Dropped: the peer is too slow and its queue is full, or the socket is closed. */
        REFUSED
    }
}
