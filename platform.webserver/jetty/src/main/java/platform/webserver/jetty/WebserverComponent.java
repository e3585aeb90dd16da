package platform.webserver.jetty;

import java.net.URI;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/**
 * Starts the webserver and registers it as a service. When it cannot start, which only an administrator can change, it
 * registers the condition {@code platform.failed} with the reason instead.
 */
@Component(
        service = {},
        configurationPid = WebserverComponent.PID)
@Designate(ocd = Config.class)
public final class WebserverComponent {

    static final String PID = "platform.webserver.jetty";

    private static final Logger LOG = LoggerFactory.getLogger(WebserverComponent.class);

    private final AutoCloseable server;
    private final ServiceRegistration<?> registration;

    @Activate
    public WebserverComponent(BundleContext context, Config config) {
        Running running = null;
        ServiceRegistration<?> service;
        try {
            running = new Running(context, Settings.of(context, config));
            service = context.registerService(Webserver.class, running.paths(), null);
        } catch (WebserverException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("The webserver did not start", e);
            service = context.registerService(Condition.class, Condition.INSTANCE, failed(e.getMessage()));
        }
        this.server = running;
        this.registration = service;
    }

    @Deactivate
    void stop() throws Exception {
        registration.unregister();
        if (server != null) {
            server.close();
        }
    }

    private static Dictionary<String, Object> failed(String reason) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, "platform.failed");
        properties.put("reason", reason);
        return properties;
    }

    /** A server with its whiteboard. */
    private static final class Running implements AutoCloseable {
        private final Whiteboard whiteboard;
        private final JettyServer server;

        Running(BundleContext context, Settings settings) {
            SelfSigned.Keys keys = new SelfSigned(settings.secrets(), Clock.systemUTC()).keys();
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(keys.store());
            tls.setKeyStorePassword(keys.password());
            whiteboard = new Whiteboard(context);
            server = new JettyServer(settings, tls, whiteboard, whiteboard.handler());
            server.start(() -> whiteboard.start(
                    server.addresses().stream().map(URI::toString).toList()));
        }

        Paths paths() {
            return server.paths();
        }

        @Override
        public void close() {
            server.close();
            whiteboard.close();
        }
    }
}
