package platform.webserver.jetty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends clients from HTTP to HTTPS where that is configured, and tells those that came by HTTPS to keep to it (HSTS, RFC
 * 6797) where they have seen a certificate that somebody else vouches for. Clients on this machine stay on HTTP: an SSH
 * tunnel or a proxy may bring them, to whom the port of HTTPS is not open.
 */
final class HttpsRules extends Handler.Wrapper {

    /** Where an authority that issues certificates looks for an answer (RFC 8555 section 8.3), over plain HTTP. */
    private static final String CHALLENGES = "/.well-known/acme-challenge/";

    private static final int STANDARD_PORT = 443;

    private final TlsSettings settings;
    private final TlsContext tls;
    private final IntSupplier port;
    private final Clock clock;
    private final HttpField strict;

    /** @param port where HTTPS listens */
    HttpsRules(Handler next, TlsSettings settings, TlsContext tls, IntSupplier port, Clock clock) {
        super(next);
        this.settings = settings;
        this.tls = tls;
        this.port = port;
        this.clock = clock;
        this.strict = new PreEncodedHttpField(
                HttpHeader.STRICT_TRANSPORT_SECURITY,
                "max-age=" + settings.strict().toSeconds());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.isSecure()) {
            if (isStrict(request)) {
                response.getHeaders().put(strict);
            }
        } else if (settings.redirect() && isRedirected(request)) {
            redirect(request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private boolean isStrict(Request request) {
        if (settings.strict().isZero()) {
            return false;
        }
        String host = Request.getServerName(request);
        return host != null && !HostNames.isAddress(host) && isTrusted(host.toLowerCase(Locale.ROOT));
    }

    private boolean isTrusted(String host) {
        HostCertificate certificate = tls.table().find(host);
        return !certificate.isSelfSigned()
                && certificate.covers(host)
                && certificate.certificate().getNotAfter().toInstant().isAfter(clock.instant());
    }

    private static boolean isRedirected(Request request) {
        SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
        boolean local = peer instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
        String path = request.getHttpURI().getPath();
        return !local && path != null && !path.startsWith(CHALLENGES);
    }

    /** 308 keeps the method and the body. */
    private void redirect(Request request, Response response, Callback callback) {
        HttpURI uri = HttpURI.build(request.getHttpURI())
                .scheme("https")
                .host(Request.getServerName(request))
                .port(port.getAsInt() == STANDARD_PORT ? -1 : port.getAsInt())
                .asImmutable();
        Response.sendRedirect(request, response, callback, HttpStatus.PERMANENT_REDIRECT_308, uri.asString(), true);
    }
}
