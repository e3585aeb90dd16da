package platform.core.bench.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with a port for each kind; what answers is given. Jetty agrees on compression when it is offered. */
final class JettyServer implements ComparedServer {

    private final Server server = new Server(new QueuedThreadPool());
    private final ServerConnector plain;
    private final ServerConnector tls;

    JettyServer(Settings settings, Answers answers) throws Exception {
        plain = connector(new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration())));
        HttpConfiguration secure = new HttpConfiguration();
        secure.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http = new HttpConnectionFactory(secure);
        tls = connector(
                new ServerConnector(server, new SslConnectionFactory(certificate(settings), http.getProtocol()), http));
        server.setHandler(answers.handler(server));
        server.start();
    }

    /** One of Jetty's ways to serve what is asked for. */
    interface Answers {

        Handler handler(Server server);
    }

    private ServerConnector connector(ServerConnector connector) {
        connector.setHost(Settings.HOST);
        server.addConnector(connector);
        return connector;
    }

    private static SslContextFactory.Server certificate(Settings settings) {
        SslContextFactory.Server certificate = new SslContextFactory.Server();
        certificate.setKeyStorePath(settings.keystore().toString());
        certificate.setKeyStorePassword(settings.password());
        return certificate;
    }

    @Override
    public int plainPort() {
        return plain.getLocalPort();
    }

    @Override
    public int tlsPort() {
        return tls.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
