package platform.webserver.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * What of a request decides on its WebSocket.
 *
 * @param http2 whether it asks for a tunnel on a stream of HTTP/2, by RFC 8441
 * @param query without the question mark; empty when there is none
 * @param host the host and port that the client meant to reach
 * @param client where it comes from; null where that has no address
 */
record SocketRequest(
        boolean http2,
        String method,
        HttpVersion version,
        HttpFields headers,
        String query,
        String host,
        SocketAddress client) {

    static SocketRequest of(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return new SocketRequest(
                HttpMethod.CONNECT.is(request.getMethod()),
                request.getMethod(),
                request.getConnectionMetaData().getHttpVersion(),
                request.getHeaders(),
                Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
                Objects.requireNonNullElseGet(host, () -> authority(request)),
                request.getConnectionMetaData().getRemoteSocketAddress());
    }

    private static String authority(Request request) {
        return Request.getServerName(request) + ":" + Request.getServerPort(request);
    }

    Optional<InetAddress> remote() {
        return client instanceof InetSocketAddress known ? Optional.ofNullable(known.getAddress()) : Optional.empty();
    }

    String header(HttpHeader name) {
        return headers.get(name);
    }
}
