package platform.webserver.http1;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes connections on which one thread at a time reads. */
public class SerialHttpConnectionFactory extends HttpConnectionFactory {

    public SerialHttpConnectionFactory(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new SerialHttpConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }
}
