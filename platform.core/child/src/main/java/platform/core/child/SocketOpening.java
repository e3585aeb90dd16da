package platform.core.child;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import platform.webserver.api.WebSocketUpgrade;

/**
 * {@link WebSocketUpgrade}, as JSON has it.
 *
 * @param route the number of the {@link Route} that the socket was opened on
 * @param remote the client's address; null where it is not kept
 */
public record SocketOpening(
        int route, String path, String query, String subprotocol, Map<String, String> headers, String remote) {

    static SocketOpening of(int route, WebSocketUpgrade upgrade) {
        return new SocketOpening(
                route,
                upgrade.path(),
                upgrade.query(),
                upgrade.subprotocol(),
                upgrade.headers(),
                upgrade.remote().map(InetAddress::getHostAddress).orElse(null));
    }

    /** The same. */
    public WebSocketUpgrade upgrade() {
        return new WebSocketUpgrade(
                path,
                query,
                Optional.empty(),
                subprotocol,
                headers,
                Optional.ofNullable(remote).map(SocketOpening::address));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no address", e);
        }
    }
}
