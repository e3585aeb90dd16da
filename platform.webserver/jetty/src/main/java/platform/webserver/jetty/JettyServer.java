package platform.webserver.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebserverException;
import platform.webserver.http1.SerialHttpConnectionFactory;

/**
 * Jetty with its two ports: HTTP/1.1 and HTTP/2 without TLS on one, the same over TLS on the other. Selectors run on a
 * few platform threads; requests run on virtual threads where the JVM has them.
 */
final class JettyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);

    /** How long requests that are under way may go on when the server stops. */
    private static final long STOP_MILLIS = 2000;

    private static final long IDLE_AT_STOP_MILLIS = 100;
    private static final int FREE_TRIES = 100;
    private static final long FREE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String HTTP_1_1 = "http/1.1";

    private final Server server;
    private final TlsContext keys;
    private final Refusals refusals = new Refusals(this::settings);
    private final ConnectionCounts counts = new ConnectionCounts(this::web, refusals, InetAddress::isLoopbackAddress);
    private final SlowHeaders slowHeaders;
    private final Paths paths;
    private final SocketUpgrade sockets;
    private final SocketPages pages;
    private final AccessLog log;
    /** Still serve the connections that they had when their port was changed. */
    private final Set<ServerConnector> retired = ConcurrentHashMap.newKeySet();

    private volatile Settings settings;
    private volatile ServerConnector plain;
    private volatile ServerConnector tls;

    /** @param keys the certificates for HTTPS */
    JettyServer(
            Settings settings, TlsContext keys, AcmeChallenges challenges, ServletContexts contexts, Handler servlets) {
        this.settings = settings;
        this.keys = keys;
        QueuedThreadPool threads = threads(settings.maxRequests());
        this.server = new Server(threads);
        // Of the server and not of the connector that starts first: one that ends would take them along.
        server.addBean(threads.getVirtualThreadsExecutor());
        server.addBean(keys);
        this.slowHeaders = new SlowHeaders(
                () -> web().limits().headerTime(), refusals, server.getScheduler(), server.getThreadPool());
        SocketEngine engine = new SocketEngine(
                settings.sockets(), server.getByteBufferPool(), server.getScheduler(), server.getThreadPool());
        server.addBean(engine);
        server.addBean(slowHeaders);
        server.addBean(refusals);
        this.paths = new Paths(contexts, this::addresses, engine, Clock.systemUTC(), refusals);
        this.sockets = new SocketUpgrade(engine);
        this.pages = new SocketPages(engine, sockets);
        this.log =
                new AccessLog(() -> web().log(), paths::find, refusals, server.getScheduler(), server.getThreadPool());
        this.plain = connector(plainConnector(), settings.http());
        this.tls = connector(tlsConnector(), settings.https());
        FrontHandler front = new FrontHandler(paths, sockets, this::web, servlets);
        HttpsRules https = new HttpsRules(front, settings.tls(), keys, () -> tls.getLocalPort(), Clock.systemUTC());
        Handler first = new AcmeChallengeHandler(challenges, https);
        server.setHandler(new GracefulHandler(new RequestGuard(this::web, first)));
        server.setRequestLog(log);
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(STOP_MILLIS);
        server.addConnector(plain);
        server.addConnector(tls);
    }

    Settings settings() {
        return settings;
    }

    /** The disk is very low, or not any more. */
    void holdLog(boolean hold) {
        log.hold(hold);
    }

    private HttpSettings web() {
        return settings.web();
    }

    Paths paths() {
        return paths;
    }

    SocketPages pages() {
        return pages;
    }

    /**
     * Opens both ports, starts the handlers, and only then accepts connections.
     *
     * @param whenReady runs when the handlers have started and no request has come yet; may ask for the addresses
     * @throws WebserverException says which port cannot be opened and why; nothing is left open
     */
    void start(Runnable whenReady) {
        try {
            open(plain, "--http");
            open(tls, "--https");
            server.getHandler().addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStarted(LifeCycle event) {
                    whenReady.run();
                }
            });
            server.start();
            LOG.info("Listening on {}", addresses());
        } catch (WebserverException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new WebserverException("The webserver does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Goes over to other settings while it runs; {@link Settings#canFollow} says whether it can. A port that changed is opened
     * before the former one is closed, whose connections go on. One that cannot be opened stays where it is, which is logged.
     */
    synchronized void follow(Settings changed) {
        settings = changed;
        plain = move(plain, this::plainConnector, changed.http(), "http.port");
        tls = move(tls, this::tlsConnector, changed.https(), "https.port");
    }

    private ServerConnector move(ServerConnector from, Supplier<ServerConnector> maker, int port, String setting) {
        if (from.getPort() == port && from.getHost().equals(settings.bind())) {
            return from;
        }
        ServerConnector to = connector(maker.get(), port);
        try {
            openInPlaceOf(from, to);
            serve(to);
            retire(from);
            LOG.info("Port {} of {} was left for port {} of {}", from.getPort(), from.getHost(), port, to.getHost());
            return to;
        } catch (Exception e) {
            LOG.error("{} The former port stays.", whyClosed(to, "give another one as " + setting, e));
            return from.isOpen() ? from : reopened(from, maker);
        }
    }

    /** The same port of another address is free only when the former one is closed. */
    private static void openInPlaceOf(ServerConnector from, ServerConnector to) throws IOException {
        if (from.getLocalPort() == to.getPort()) {
            from.close();
            openSoon(to);
        } else {
            to.open();
        }
    }

    /** The system frees a port that we closed only when the thread that accepts on it has noticed. */
    private static void openSoon(ServerConnector connector) throws IOException {
        for (int tries = 0; tries < FREE_TRIES; tries++) {
            try {
                connector.open();
                return;
            } catch (IOException e) {
                if (!String.valueOf(e.getCause()).contains("in use")) {
                    throw e;
                }
                LockSupport.parkNanos(FREE_WAIT_NANOS);
            }
        }
        connector.open();
    }

    private void serve(ServerConnector connector) throws Exception {
        connector.start();
        server.addConnector(connector);
    }

    /** Accepts nothing more, and ends with its last connection. */
    private void retire(ServerConnector connector) {
        retired.add(connector);
        connector.setShutdownIdleTimeout(-1);
        connector.close();
        connector
                .shutdown()
                .whenComplete((none, failure) -> server.getThreadPool().execute(() -> remove(connector)));
    }

    private void remove(ServerConnector connector) {
        if (server.isRunning()) {
            server.removeConnector(connector);
            LifeCycle.stop(connector);
        }
        retired.remove(connector);
    }

    /** Whether a port that was left has connections still. */
    boolean isDraining() {
        return !retired.isEmpty();
    }

    private ServerConnector reopened(ServerConnector closed, Supplier<ServerConnector> maker) {
        ServerConnector again = connector(maker.get(), closed.getPort());
        again.setHost(closed.getHost());
        try {
            openSoon(again);
            serve(again);
            retire(closed);
            return again;
        } catch (Exception e) {
            LOG.error("{}", whyClosed(again, "restart the platform", e));
            return closed;
        }
    }

    List<URI> addresses() {
        return List.of(address("http", plain), address("https", tls));
    }

    /** New connections are refused first, then sockets are closed, then requests have a moment to finish. */
    @Override
    public void close() {
        plain.close();
        tls.close();
        retired.forEach(connector ->
                connector.getConnectedEndPoints().forEach(endPoint -> endPoint.setIdleTimeout(IDLE_AT_STOP_MILLIS)));
        paths.closeAll();
        pages.closeAll();
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Requests did not finish within {} ms and were cut off", STOP_MILLIS);
        } catch (Exception e) {
            LOG.warn("The webserver did not stop cleanly", e);
        }
    }

    static QueuedThreadPool threads(int maxRequests) {
        QueuedThreadPool pool = new QueuedThreadPool(maxRequests);
        pool.setName("web");
        if (VirtualThreads.areSupported()) {
            VirtualThreadPool virtual = new VirtualThreadPool(maxRequests);
            virtual.setName("web-request-");
            pool.setVirtualThreadsExecutor(virtual);
        }
        return pool;
    }

    private HttpConfiguration configuration() {
        HttpConfiguration configuration = configuration(settings.headerBytes());
        configuration.addCustomizer(new Forwarding(() -> web().proxies()));
        return configuration;
    }

    /** What holds for requests over whichever connection. */
    static HttpConfiguration configuration(int headerBytes) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(headerBytes);
        // A file may be called "100%.txt". We decode a path once, so an encoded '%' is not ambiguous to us.
        configuration.setUriCompliance(
                UriCompliance.RFC3986.with("platform", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        return configuration;
    }

    private ServerConnector plainConnector() {
        HttpConfiguration configuration = configuration();
        // Who is sent to HTTPS is so with WebSockets too.
        ConnectionFactory http = settings.tls().redirect()
                ? new SerialHttpConnectionFactory(configuration)
                : new FirstRequestFactory(configuration, paths::socketAt, sockets, this::web, log);
        return new LeanConnector(
                server,
                counts,
                new ProxyProtocol(
                        http,
                        peer -> web().httpProxyProtocol() && web().proxies().contain(peer)),
                http,
                new HTTP2CServerConnectionFactory(configuration));
    }

    private ServerConnector tlsConnector() {
        HttpConfiguration configuration = configuration();
        // Which host name a client used is not compared with the certificate: the self-signed one knows few names.
        // Before what a trusted proxy says, which may have been asked without TLS.
        configuration.getCustomizers().add(0, new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HTTP_1_1);
        ConnectionFactory ssl = new SslConnectionFactory(keys, alpn.getProtocol());
        return new LeanConnector(
                server,
                counts,
                new ProxyProtocol(
                        ssl,
                        peer -> web().httpsProxyProtocol() && web().proxies().contain(peer)),
                ssl,
                alpn,
                new HTTP2ServerConnectionFactory(configuration),
                new SerialHttpConnectionFactory(configuration));
    }

    private ServerConnector connector(ServerConnector connector, int port) {
        connector.setHost(settings.bind());
        connector.setPort(port);
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        connector.addEventListener(slowHeaders);
        return connector;
    }

    private void open(ServerConnector connector, String option) {
        try {
            connector.open();
        } catch (IOException e) {
            throw new WebserverException(whyClosed(connector, "choose another port with " + option + " PORT", e), e);
        }
    }

    private static String whyClosed(ServerConnector connector, String instead, Exception failure) {
        String where = "Port " + connector.getPort() + " of " + connector.getHost() + " cannot be opened: ";
        String detail = String.valueOf(failure.getCause() instanceof BindException bind ? bind.getMessage() : failure);
        if (detail.contains("in use")) {
            return where + "another program uses it. Stop that program, or " + instead + ".";
        }
        if (detail.contains("denied")) {
            return where + "this user may not open it. Take a port above 1023, or " + instead + ".";
        }
        return where + detail + ". Choose another address with --bind ADDR or the setting bind, or " + instead + ".";
    }

    private static URI address(String scheme, ServerConnector connector) {
        return URI.create(scheme + "://" + host(connector.getHost()) + ":" + connector.getLocalPort() + "/");
    }

    private static String host(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            boolean here = address.isAnyLocalAddress() || address.isLoopbackAddress();
            return here ? "localhost" : bind.contains(":") ? "[" + bind + "]" : bind;
        } catch (UnknownHostException e) {
            LOG.debug("{} has no address", bind, e);
            return bind;
        }
    }
}
