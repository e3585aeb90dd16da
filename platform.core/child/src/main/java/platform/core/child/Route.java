package platform.core.child;

import java.util.List;
import java.util.Set;
import platform.webserver.api.WebSocketOptions;

/**
 * What an instance has registered on its path.
 *
 * @param number by which it is taken back; never used twice
 * @param pattern of the servlet, or path of the WebSocket
 * @param maxBody of the servlet
 * @param socket how WebSockets are accepted; null for a servlet
 */
public record Route(String instance, int number, String pattern, long maxBody, Socket socket) {

    /** {@link WebSocketOptions}, as JSON has them. */
    public record Socket(List<String> subprotocols, Set<String> headers, Set<String> origins, boolean keepsRemote) {

        /** The same. */
        public static Socket of(WebSocketOptions options) {
            return new Socket(options.subprotocols(), options.headers(), options.origins(), options.keepsRemote());
        }

        /** The same. */
        public WebSocketOptions options() {
            return new WebSocketOptions(subprotocols, headers, origins, keepsRemote);
        }
    }
}
