package platform.core.bench.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Jetty's own way to serve files, here out of this module's jar; it has no sockets. */
final class JettyFiles implements JettyServer.Answers {

    @Override
    public Handler handler(Server server) {
        ResourceHandler handler = new ResourceHandler();
        handler.setBaseResource(ResourceFactory.of(server).newClassLoaderResource("/web/", false));
        return handler;
    }
}
