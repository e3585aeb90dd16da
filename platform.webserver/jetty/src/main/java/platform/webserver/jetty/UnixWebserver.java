package platform.webserver.jetty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.framework.BundleContext;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/**
 * The webserver of a service that runs in a process of its own: servlets and files as everywhere, on a Unix domain socket. The
 * platform's webserver stands in front: it has the clients, the limits, compression, WebSockets and the access log.
 */
public final class UnixWebserver implements AutoCloseable {

    /** The platform's webserver limits and refuses; here are bounds that it never reaches. */
    private static final HttpSettings WEB = new HttpSettings(
            new HttpLimits(10_000, 1024 * 1024, 1L << 50, Duration.ofHours(1), 0, 0, 0),
            Proxies.parse(""),
            false,
            false,
            0,
            null);

    private static final SocketLimits NO_SOCKETS =
            new SocketLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    private static final int HEADER_BYTES = 1024 * 1024;
    private static final int THREADS = 256;
    private static final Duration IDLE = Duration.ofHours(1);

    private static final Settings SETTINGS =
            new Settings("", 0, 0, null, THREADS, IDLE, HEADER_BYTES, NO_SOCKETS, null, WEB);

    private final Server server;
    private final Whiteboard whiteboard;
    private final Paths paths;

    private UnixWebserver(BundleContext context, Path socket, String client, String scheme) {
        QueuedThreadPool threads = JettyServer.threads(THREADS);
        threads.setMinThreads(2);
        server = new Server(threads);
        server.addBean(threads.getVirtualThreadsExecutor());
        SocketEngine engine =
                new SocketEngine(NO_SOCKETS, server.getByteBufferPool(), server.getScheduler(), server.getThreadPool());
        server.addBean(engine);
        whiteboard = new Whiteboard(context);
        paths = new Paths(whiteboard, List::of, engine, Clock.systemUTC(), new Refusals(() -> SETTINGS));
        server.setHandler(new FrontHandler(paths, new SocketUpgrade(engine), () -> WEB, whiteboard.handler()));
        server.setErrorHandler(new PlainErrors());
        HttpConfiguration configuration = JettyServer.configuration(HEADER_BYTES);
        configuration.addCustomizer((request, headers) -> asAsked(request, client, scheme));
        UnixDomainServerConnector connector =
                new UnixDomainServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(configuration));
        connector.setUnixDomainPath(socket);
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
    }

    /**
     * Starts it.
     *
     * @param socket where it listens; only the platform and the process may come there
     * @param client the header of requests that names the client's address
     * @param scheme the header of requests that has the scheme
     * @throws WebserverException when it does not start
     */
    public static UnixWebserver start(BundleContext context, Path socket, String client, String scheme) {
        UnixWebserver webserver = new UnixWebserver(context, socket, client, scheme);
        try {
            webserver.server.start();
            webserver.whiteboard.start(List.of());
            return webserver;
        } catch (Exception e) {
            throw new WebserverException("The webserver does not start on " + socket + ": " + e.getMessage(), e);
        }
    }

    /** Where paths are opened. */
    public Webserver webserver() {
        return paths;
    }

    /** As the platform's webserver was asked. */
    private static Request asAsked(Request request, String client, String scheme) {
        HttpFields headers = request.getHeaders();
        // A Unix domain socket has no name of its own that could stand in for the host.
        HostPort host = new HostPort(headers.get(HttpHeader.HOST));
        Hop hop = new Hop(address(headers.get(client)), headers.get(scheme), host);
        HttpFields own = HttpFields.build(headers).remove(client).remove(scheme).asImmutable();
        Request plain = new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return own;
            }
        };
        return Forwarding.as(plain, hop);
    }

    private static InetAddress address(String literal) {
        try {
            return literal == null ? null : InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + literal + "' is no address", e);
        }
    }

    @Override
    public void close() {
        try {
            whiteboard.close();
            server.stop();
        } catch (Exception e) {
            throw new WebserverException("The webserver does not stop: " + e.getMessage(), e);
        }
    }
}
