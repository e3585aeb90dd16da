package platform.webserver.jetty;

import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.VirtualThreads;
import platform.webserver.http1.SerialHttpConnectionFactory;

/**
 * HTTP/1.1 without TLS, with a short cut: what begins with the request for a WebSocket becomes one without all that Jetty
 * makes of a request, and without a change of threads. Everything else, and every request that would be refused, is Jetty's.
 */
final class FirstRequestFactory extends SerialHttpConnectionFactory {

    private final BiFunction<String, String, SocketEndpoint> endpoints;
    private final SocketUpgrade upgrade;
    private final Supplier<HttpSettings> settings;
    private final AccessLog log;

    /** @param endpoints gives who accepts WebSockets at present, by host name and path; or null */
    FirstRequestFactory(
            HttpConfiguration configuration,
            BiFunction<String, String, SocketEndpoint> endpoints,
            SocketUpgrade upgrade,
            Supplier<HttpSettings> settings,
            AccessLog log) {
        super(configuration);
        this.settings = settings;
        this.log = log;
        this.endpoints = endpoints;
        this.upgrade = upgrade;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return endPoint instanceof LeanEndPoint lean
                ? new FirstRequest(this, connector, lean)
                : super.newConnection(connector, endPoint);
    }

    RetainableByteBuffer buffer(Connector connector) {
        return connector.getByteBufferPool().acquire(getInputBufferSize(), isUseInputDirectByteBuffers());
    }

    HttpParser parser(HttpParser.RequestHandler handler) {
        HttpConfiguration configuration = getHttpConfiguration();
        return new HttpParser(handler, configuration.getRequestHeaderSize(), configuration.getHttpCompliance());
    }

    /** @return null when it does not become a WebSocket by the short cut */
    SocketUpgrade.Accepted accept(String path, SocketRequest request) {
        HttpLimits limits = settings.get().limits();
        SocketEndpoint endpoint = limits.admit(
                        path.length() + request.query().length() + 1,
                        request.headers().size())
                ? endpoints.apply(HostRules.nameOf(request.host()), path)
                : null;
        return endpoint == null ? null : upgrade.accept(endpoint, request);
    }

    /** It has become a WebSocket, and its request is known to nobody else. */
    void opened(LeanEndPoint endPoint, SocketRequestReader reader) {
        log.opened(endPoint.getRemoteSocketAddress(), reader.path(), reader.request(endPoint.getRemoteSocketAddress()));
    }

    /** Jetty's way: it reads what was put back, on a thread that may wait. */
    void handOver(Connector connector, LeanEndPoint endPoint) {
        endPoint.upgrade(super.newConnection(connector, endPoint));
        Executor virtual = VirtualThreads.getVirtualThreadsExecutor(connector.getExecutor());
        (virtual == null ? connector.getExecutor() : virtual)
                .execute(() -> endPoint.getFillInterest().fillable());
    }
}
