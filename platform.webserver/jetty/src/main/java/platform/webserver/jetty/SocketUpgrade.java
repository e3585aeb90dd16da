package platform.webserver.jetty;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a request into a WebSocket (RFC 6455 4, RFC 8441), unless a foreign web site sent it. No extension is agreed on:
 * permessage-deflate costs about 90 KB for each idle socket.
 */
final class SocketUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(SocketUpgrade.class);

    private final WebSocketMappings handshake;
    private final Duration ping;

    SocketUpgrade(Server server, Duration ping) {
        this.handshake = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
        this.ping = ping;
    }

    static boolean isWanted(Request request) {
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            TunnelSupport tunnel = request.getTunnelSupport();
            return tunnel != null && "websocket".equals(tunnel.getProtocol());
        }
        return request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    void upgrade(SocketEndpoint endpoint, String path, Request request, Response response, Callback callback) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (origin != null && !isSameSite(origin, Objects.requireNonNullElse(host, authority(request)))) {
            LOG.warn("{}: refused a WebSocket on {} from a page of {}", endpoint.owner(), path, origin);
            Response.writeError(
                    request, response, callback, HttpStatus.FORBIDDEN_403, "A page of another site sent this");
            return;
        }
        if (!handshake.upgrade(negotiator(endpoint, path), request, response, callback, this::configure)) {
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
            Response.writeError(request, response, callback, HttpStatus.UPGRADE_REQUIRED_426);
        }
    }

    private static WebSocketNegotiator negotiator(SocketEndpoint endpoint, String path) {
        return (request, response, callback) -> {
            response.setExtensions(List.of());
            String query = request.getHttpURI().getQuery();
            return new Socket(endpoint, path.isEmpty() ? "/" : path, Objects.requireNonNullElse(query, ""));
        };
    }

    private void configure(Configuration socket) {
        socket.setIdleTimeout(ping);
        socket.setMaxFrameSize(Socket.MAX_MESSAGE);
        socket.setMaxTextMessageSize(Socket.MAX_MESSAGE);
        socket.setMaxBinaryMessageSize(Socket.MAX_MESSAGE);
    }

    private static String authority(Request request) {
        return Request.getServerName(request) + ":" + Request.getServerPort(request);
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
