package platform.webserver.api;

import java.net.InetAddress;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of the request that opened a socket (RFC 6455 4.1).
 *
 * @param path below the instance's path, decoded
 * @param query raw; empty when there was none
 * @param principal who opened the socket, where the webserver knows it
 * @param subprotocol the one that was agreed on; empty when there is none
 * @param headers those that {@link WebSocketOptions#headers()} names, by the names given there, as far as they were sent;
 *     several of one name are joined by {@code ", "}
 * @param remote the client's address, where {@link WebSocketOptions#keepsRemote()} and it has one
 */
public record WebSocketUpgrade(
        String path,
        String query,
        Optional<Principal> principal,
        String subprotocol,
        Map<String, String> headers,
        Optional<InetAddress> remote) {
    public WebSocketUpgrade {
        headers = Map.copyOf(headers);
    }
}
