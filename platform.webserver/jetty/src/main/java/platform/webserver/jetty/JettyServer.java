package platform.webserver.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebserverException;

/**
 * Jetty with its two ports: HTTP/1.1 and HTTP/2 without TLS on one, the same over TLS on the other. Selectors run on a
 * few platform threads; requests run on virtual threads where the JVM has them.
 */
final class JettyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);

    /** How long requests that are under way may go on when the server stops. */
    private static final long STOP_MILLIS = 2000;

    private static final long IDLE_AT_STOP_MILLIS = 100;
    private static final String HTTP_1_1 = "http/1.1";

    private final Settings settings;
    private final Server server;
    private final ServerConnector plain;
    private final ServerConnector tls;
    private final Paths paths;

    /** @param keys for HTTPS */
    JettyServer(Settings settings, SslContextFactory.Server keys, ServletContexts contexts, Handler servlets) {
        this.settings = settings;
        this.server = new Server(threads(settings));
        this.plain = plainConnector(configuration(settings));
        this.tls = tlsConnector(configuration(settings), keys);
        this.paths = new Paths(contexts, this::addresses, server.getScheduler());
        FrontHandler front = new FrontHandler(paths, new SocketUpgrade(server, settings.ping()), servlets);
        server.setHandler(new GracefulHandler(front));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(STOP_MILLIS);
        List.of(plain, tls).forEach(this::add);
    }

    Paths paths() {
        return paths;
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

    List<URI> addresses() {
        return List.of(address("http", plain), address("https", tls));
    }

    /** New connections are refused first, then sockets are closed, then requests have a moment to finish. */
    @Override
    public void close() {
        plain.close();
        tls.close();
        paths.closeAll();
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Requests did not finish within {} ms and were cut off", STOP_MILLIS);
        } catch (Exception e) {
            LOG.warn("The webserver did not stop cleanly", e);
        }
    }

    private static QueuedThreadPool threads(Settings settings) {
        QueuedThreadPool pool = new QueuedThreadPool(settings.maxRequests());
        pool.setName("web");
        if (VirtualThreads.areSupported()) {
            VirtualThreadPool virtual = new VirtualThreadPool(settings.maxRequests());
            virtual.setName("web-request-");
            pool.setVirtualThreadsExecutor(virtual);
        }
        return pool;
    }

    private static HttpConfiguration configuration(Settings settings) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(settings.headerBytes());
        // A file may be called "100%.txt". We decode a path once, so an encoded '%' is not ambiguous to us.
        configuration.setUriCompliance(
                UriCompliance.RFC3986.with("platform", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        return configuration;
    }

    private ServerConnector plainConnector(HttpConfiguration configuration) {
        return new ServerConnector(
                server, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
    }

    private ServerConnector tlsConnector(HttpConfiguration configuration, SslContextFactory.Server keys) {
        // Which host name a client used is not compared with the certificate: the self-signed one knows few names.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HTTP_1_1);
        return new ServerConnector(
                server,
                new SslConnectionFactory(keys, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(configuration),
                new HttpConnectionFactory(configuration));
    }

    private void add(ServerConnector connector) {
        connector.setHost(settings.bind());
        connector.setPort(connector == plain ? settings.http() : settings.https());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        server.addConnector(connector);
    }

    private void open(ServerConnector connector, String option) {
        try {
            connector.open();
        } catch (IOException e) {
            throw new WebserverException(whyClosed(connector.getPort(), option, e), e);
        }
    }

    private String whyClosed(int port, String option, IOException failure) {
        String where = "Port " + port + " of " + settings.bind() + " cannot be opened: ";
        String detail = String.valueOf(failure.getCause() instanceof BindException bind ? bind.getMessage() : failure);
        if (detail.contains("in use")) {
            return where + "another program uses it. Stop that program, or choose another port with " + option
                    + " PORT.";
        }
        if (detail.contains("denied")) {
            return where + "this user may not open it. Choose a port above 1023 with " + option + " PORT.";
        }
        return where + detail + ". Choose another address with --bind ADDR or another port with " + option + " PORT.";
    }

    private URI address(String scheme, ServerConnector connector) {
        return URI.create(scheme + "://" + host() + ":" + connector.getLocalPort() + "/");
    }

    private String host() {
        try {
            InetAddress address = InetAddress.getByName(settings.bind());
            boolean here = address.isAnyLocalAddress() || address.isLoopbackAddress();
            return here ? "localhost" : settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        } catch (UnknownHostException e) {
            LOG.debug("{} has no address", settings.bind(), e);
            return settings.bind();
        }
    }
}
