package platform.webserver.jetty;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of a port's protocols: a proxy that has to begin its connections with the PROXY protocol must do so, or is
 * cut off; to everybody else that protocol is as unknown as if it were not there.
 */
final class ProxyProtocol extends AbstractConnectionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);

    private final ConnectionFactory next;
    private final Predicate<InetAddress> speaks;
    private final ConnectionFactory proxy;

    /**
     * @param next what is spoken otherwise; among the connector's factories as well
     * @param speaks asked for each new connection, whether its peer begins with the PROXY protocol
     */
    ProxyProtocol(ConnectionFactory next, Predicate<InetAddress> speaks) {
        super("after-proxy");
        this.next = next;
        this.speaks = speaks;
        this.proxy = new Strict(next.getProtocol());
        installBean(proxy);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        InetAddress peer = Forwarding.address(endPoint.getRemoteSocketAddress());
        boolean begins = peer != null && speaks.test(peer);
        return (begins ? proxy : next).newConnection(connector, endPoint);
    }

    /** Jetty's, but for connections that begin otherwise. */
    private static final class Strict extends ProxyConnectionFactory {

        Strict(String next) {
            super(next);
        }

        @Override
        protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
            LOG.warn(
                    "Cut off {}: a connection from a proxy must begin with the PROXY protocol, as the settings say",
                    endPoint.getRemoteSocketAddress());
            endPoint.close();
        }
    }
}
