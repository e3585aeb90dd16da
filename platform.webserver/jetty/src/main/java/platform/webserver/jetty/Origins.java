package platform.webserver.jetty;

import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.http.HttpHeader;
import platform.webserver.api.WebSocketOptions;

/**
 * Keeps pages of other web sites from opening a WebSocket with the cookies of a visitor: browsers do not restrict that, but
 * say which site a page is from (RFC 6455 10.2).
 */
final class Origins {

    private Origins() {}

    static boolean accept(SocketRequest request, WebSocketOptions options) {
        String origin = request.header(HttpHeader.ORIGIN);
        return origin == null || options.origins().contains(origin) || isSameSite(origin, request.host());
    }

    /** Compares host and port, not the scheme: behind a proxy that ends TLS we do not know the browser's. */
    static boolean isSameSite(String origin, String host) {
        try {
            URI page = new URI(origin);
            if (page.getHost() == null) {
                return false;
            }
            int standard = "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
            URI server = new URI("//" + host);
            return page.getHost().equalsIgnoreCase(server.getHost()) && port(page, standard) == port(server, standard);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri, int standard) {
        return uri.getPort() < 0 ? standard : uri.getPort();
    }
}
