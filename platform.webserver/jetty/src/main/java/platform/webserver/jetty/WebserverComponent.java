package platform.webserver.jetty;

import java.net.URI;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.Certificates;
import platform.webserver.api.PageSockets;
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

    private final BundleContext context;
    private final AcmeChallenges challenges;
    private Running running;
    private ServiceRegistration<?> registration;
    private List<ServiceRegistration<?>> others = List.of();
    private boolean held;

    @Activate
    public WebserverComponent(BundleContext context, @Reference AcmeChallenges challenges) {
        this.context = context;
        this.challenges = challenges;
        start(() -> Settings.of(context, SettingsFile.atStart(Settings.data(context))));
    }

    /** The disk has so little room that logs must not grow. */
    @Reference(
            target = "(" + Condition.CONDITION_ID + "=platform.disk.very-low)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    void bindVeryLow(Condition veryLow) {
        hold(true);
    }

    void unbindVeryLow(Condition veryLow) {
        hold(false);
    }

    private synchronized void hold(boolean hold) {
        held = hold;
        if (running != null) {
            running.server.holdLog(hold);
        }
    }

    /**
     * The server goes over to the changed settings, or starts anew where it cannot. Wrong ones change nothing, and those that it
     * cannot start with give way to the former.
     */
    @Modified
    synchronized void follow(Map<String, Object> properties) {
        Settings changed;
        try {
            changed = Settings.of(context, SettingsFile.of(properties));
        } catch (WebserverException e) {
            LOG.error("{} The former settings stay.", e.getMessage());
            return;
        }
        if (running != null && changed.canFollow(running.server.settings())) {
            running.server.follow(changed);
            registration.setProperties(running.properties());
        } else {
            restart(changed);
        }
    }

    private void restart(Settings changed) {
        Settings former = running == null ? changed : running.server.settings();
        stop();
        try {
            serve(changed);
        } catch (WebserverException e) {
            LOG.error("{} The former settings stay.", e.getMessage());
            start(() -> former);
        }
    }

    private void serve(Settings settings) {
        running = new Running(context, settings, challenges);
        running.server.holdLog(held);
        others = List.of(
                context.registerService(Certificates.class, running.certificates, null),
                context.registerService(PageSockets.class, running.server.pages(), null));
        registration = context.registerService(Webserver.class, running.server.paths(), running.properties());
    }

    private synchronized void start(Supplier<Settings> settings) {
        try {
            serve(settings.get());
        } catch (WebserverException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("The webserver did not start", e);
            registration = context.registerService(Condition.class, Condition.INSTANCE, failed(e.getMessage()));
        }
    }

    @Deactivate
    synchronized void stop() {
        registration.unregister();
        others.forEach(ServiceRegistration::unregister);
        others = List.of();
        if (running != null) {
            running.close();
            running = null;
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
        private final KeptCertificates certificates;
        private final Whiteboard whiteboard;
        private final JettyServer server;

        Running(BundleContext context, Settings settings, AcmeChallenges challenges) {
            SelfSigned.Keys keys = new SelfSigned(settings.secrets(), Clock.systemUTC()).keys();
            TlsContext tls = new TlsContext(CertificateTable.of(keys.certificate()));
            certificates = new KeptCertificates(
                    new CertificateFolder(settings.secrets()),
                    tls,
                    settings.tls().hosts(),
                    new Issuers(Issuers::knownRoots),
                    Clock.systemUTC());
            whiteboard = new Whiteboard(context);
            server = new JettyServer(settings, tls, challenges, whiteboard, whiteboard.handler());
            server.paths().expectMore();
            start();
        }

        private void start() {
            try {
                server.start(() -> whiteboard.start(
                        server.addresses().stream().map(URI::toString).toList()));
            } catch (WebserverException e) {
                whiteboard.close();
                throw e;
            }
        }

        /** Where it listens, for those who do not know its classes. */
        Dictionary<String, Object> properties() {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(
                    "addresses", server.addresses().stream().map(URI::toString).toArray(String[]::new));
            return properties;
        }

        @Override
        public void close() {
            server.close();
            whiteboard.close();
        }
    }
}
