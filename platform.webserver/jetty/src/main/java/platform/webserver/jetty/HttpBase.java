package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.http.base.internal.HttpConfig;
import org.apache.felix.http.base.internal.context.ExtServletContext;
import org.apache.felix.http.base.internal.dispatch.Dispatcher;
import org.apache.felix.http.base.internal.dispatch.DispatcherServlet;
import org.apache.felix.http.base.internal.dispatch.MultipartConfig;
import org.apache.felix.http.base.internal.handler.HttpServiceServletHandler;
import org.apache.felix.http.base.internal.handler.HttpSessionWrapper;
import org.apache.felix.http.base.internal.registry.HandlerRegistry;
import org.apache.felix.http.base.internal.registry.PathResolution;
import org.apache.felix.http.base.internal.registry.PerContextHandlerRegistry;
import org.apache.felix.http.base.internal.runtime.ServletInfo;
import org.apache.felix.http.base.internal.service.HttpServiceFactory;
import org.apache.felix.http.base.internal.whiteboard.WhiteboardManager;
import org.osgi.framework.BundleContext;
import platform.webserver.api.WebContext.Registration;

/**
 * The parts of felix.http.base, put together as its own {@code HttpServiceController} does. That one takes servlets only as
 * services, each of which it compares with the contexts of all instances; this one also takes them directly.
 */
final class HttpBase implements HttpSessionListener, HttpSessionIdListener {

    private final HttpConfig config = new HttpConfig();
    private final HandlerRegistry registry = new HandlerRegistry(config);
    private final Dispatcher dispatcher = new Dispatcher(registry);
    private final HttpServiceFactory services;
    private final WhiteboardManager whiteboard;
    private volatile boolean active;

    HttpBase(BundleContext bundle) {
        services = new HttpServiceFactory(bundle, registry);
        whiteboard = new WhiteboardManager(bundle, services, registry);
    }

    Servlet dispatcher() {
        return new DispatcherServlet(dispatcher);
    }

    void start(ServletContext context, Hashtable<String, Object> properties) {
        config.configure(properties);
        registry.init();
        services.start(context, properties);
        whiteboard.start(context, properties);
        dispatcher.setWhiteboardManager(whiteboard);
        active = true;
    }

    /** Does nothing when it was not started. */
    void stop() {
        if (!active) {
            return;
        }
        active = false;
        dispatcher.setWhiteboardManager(null);
        whiteboard.stop();
        services.stop();
        registry.shutdown();
    }

    /**
     * Adds a servlet to a context, beside those that are services, and calls its {@code init}.
     *
     * @param contextId the {@code service.id} of the context's helper
     * @return empty when a service has that pattern already
     */
    Optional<Registration> add(long contextId, ExtServletContext context, String pattern, Servlet servlet) {
        PerContextHandlerRegistry servlets = registry.getRegistry(contextId);
        if (isTaken(servlets, pattern)) {
            return Optional.empty();
        }
        ServletInfo info = new DirectServlet(pattern);
        servlets.registerServlet(new HttpServiceServletHandler(contextId, context, info, servlet));
        return Optional.of(() -> servlets.unregisterServlet(info, true));
    }

    private static boolean isTaken(PerContextHandlerRegistry servlets, String pattern) {
        String path = pattern.startsWith("*") ? "/any" + pattern.substring(1) : pattern.replace("*", "");
        PathResolution found = servlets.resolve(path);
        return found != null
                && found.matchedPattern.equals(pattern)
                && found.handler.getServletInfo().getRanking() > Whiteboard.FALLBACK_RANKING;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        if (active) {
            whiteboard.sessionDestroyed(
                    event.getSession(), HttpSessionWrapper.getSessionContextNames(event.getSession()));
        }
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        if (active) {
            whiteboard.sessionIdChanged(event, oldId, HttpSessionWrapper.getSessionContextNames(event.getSession()));
        }
    }

    /** A servlet that is no service. It ranks highest, may answer asynchronously, and reads no multipart forms. */
    private static final class DirectServlet extends ServletInfo {
        DirectServlet(String pattern) {
            super(null, pattern, Map.of());
        }

        @Override
        public MultipartConfig getMultipartConfig() {
            return null;
        }
    }
}
