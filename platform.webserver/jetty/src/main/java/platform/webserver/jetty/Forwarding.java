package platform.webserver.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Shows a request that a trusted proxy passed on as its client sent it: address, scheme and host. Of what several proxies say
 * only that counts which the last trusted one was told directly: everything left of it the client may have invented, which
 * is why Jetty's own customizer, which takes the leftmost, is not used. The headers of anybody else mean nothing.
 */
final class Forwarding implements HttpConfiguration.Customizer {

    private final Supplier<Proxies> proxies;

    Forwarding(Supplier<Proxies> proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Proxies trusted = proxies.get();
        if (trusted.blocks().isEmpty()) {
            return request;
        }
        InetAddress peer = address(request.getConnectionMetaData().getRemoteSocketAddress());
        if (peer == null || !trusted.contain(peer)) {
            return request;
        }
        List<Hop> hops = Hop.of(request.getHeaders());
        return hops.isEmpty() ? request : as(request, origin(hops, trusted));
    }

    /** The request as this one has seen it. */
    static Request as(Request request, Hop hop) {
        return new Forwarded(request, hop);
    }

    private static Hop origin(List<Hop> hops, Proxies trusted) {
        for (int i = hops.size() - 1; i > 0; i--) {
            InetAddress client = hops.get(i).client();
            if (client == null || !trusted.contain(client)) {
                return hops.get(i);
            }
        }
        return hops.get(0);
    }

    /** Null where there is none: a Unix socket. */
    static InetAddress address(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }

    /** The request as its client sent it. */
    private static final class Forwarded extends Request.Wrapper {
        private final HttpURI uri;
        private final HttpFields headers;
        private final ConnectionMetaData connection;
        private final boolean secure;

        Forwarded(Request request, Hop hop) {
            super(request);
            HttpURI.Mutable changed = HttpURI.build(request.getHttpURI());
            if (hop.scheme() != null) {
                changed.scheme(hop.scheme());
            }
            if (hop.host() != null) {
                changed.authority(hop.host().getHost(), hop.host().getPort());
            }
            this.uri = changed.asImmutable();
            this.headers = hop.host() == null
                    ? request.getHeaders()
                    : HttpFields.build(
                                    request.getHeaders(),
                                    new HostPortHttpField(hop.host().toString()))
                            .asImmutable();
            this.secure = hop.scheme() == null ? request.isSecure() : HttpScheme.HTTPS.is(hop.scheme());
            this.connection = new ClientConnection(request.getConnectionMetaData(), hop, secure);
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }

    /** The connection as the client made it to the proxy. */
    private static final class ClientConnection extends ConnectionMetaData.Wrapper {
        private final SocketAddress remote;
        private final HostPort authority;
        private final boolean secure;

        ClientConnection(ConnectionMetaData wrapped, Hop hop, boolean secure) {
            super(wrapped);
            this.remote =
                    hop.client() == null ? wrapped.getRemoteSocketAddress() : new InetSocketAddress(hop.client(), 0);
            this.authority = hop.host() == null ? wrapped.getServerAuthority() : hop.host();
            this.secure = secure;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return remote;
        }

        @Override
        public HostPort getServerAuthority() {
            return authority;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
