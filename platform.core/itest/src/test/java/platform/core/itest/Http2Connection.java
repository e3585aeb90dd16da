package platform.core.itest;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.component.LifeCycle;

/** A connection of HTTP/2 without TLS, by prior knowledge (RFC 9113 3.3), on which WebSockets are opened (RFC 8441). */
final class Http2Connection implements AutoCloseable {

    private static final int BOUND_SECONDS = 10;

    private final HTTP2Client client = new HTTP2Client();
    private final CompletableFuture<Map<Integer, Integer>> settings = new CompletableFuture<>();
    private final Session session;

    Http2Connection(URI server) {
        LifeCycle.start(client);
        session = within(client.connect(new InetSocketAddress(server.getHost(), server.getPort()), new Settings()));
    }

    static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What the server's first frame says. */
    Map<Integer, Integer> settings() {
        return within(settings);
    }

    /** Asks for a tunnel of a protocol by an extended CONNECT (RFC 8441 4). */
    Http2Socket connect(URI uri, String protocol, Map<String, String> headers) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::put);
        HostPortHttpField authority = new HostPortHttpField(uri.getRawAuthority());
        MetaData request = new MetaData.ConnectRequest(uri.getScheme(), authority, uri.getRawPath(), fields, protocol);
        return new Http2Socket(session, new HeadersFrame(request, null, false));
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }

    private final class Settings implements Session.Listener {

        @Override
        public void onSettings(Session from, SettingsFrame frame) {
            if (!frame.isReply()) {
                settings.complete(frame.getSettings());
            }
        }
    }
}
