package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.http.base.internal.context.ExtServletContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebContext.Registration;
import platform.webserver.api.WebserverException;

/**
 * The OSGi Servlet Whiteboard: felix.http.base inside one Jetty context at the root. Each path gets a servlet context,
 * registered by this bundle and never by the app's, because felix.http.base keeps hold of each context helper for ever.
 */
final class Whiteboard implements ServletContexts, AutoCloseable {

    /** The property of a servlet context by which whiteboard services of an app select their instance. */
    static final String INSTANCE = "platform.instance";

    /** The property of a servlet context, and the capability of a bundle, that name the app they belong to. */
    static final String APP = "platform.app";

    /** Of the servlet that answers where no other does. */
    static final int FALLBACK_RANKING = Integer.MIN_VALUE;

    /** A session keeps what an app put into it, and with it the app's classes, at most this long without a request. */
    private static final int SESSION_SECONDS = 30 * 60;

    private final BundleContext bundle;
    private final HttpBase base;
    private final ServletContextHandler handler;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, ExtServletContext> contexts = new ConcurrentHashMap<>();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    Whiteboard(BundleContext bundle) {
        this.bundle = bundle;
        this.base = new HttpBase(bundle);
        this.handler = newHandler(base);
    }

    private static ServletContextHandler newHandler(HttpBase base) {
        ServletContextHandler handler = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        ServletHolder dispatcher = new ServletHolder(base.dispatcher());
        dispatcher.setAsyncSupported(true);
        handler.addServlet(dispatcher, "/*");
        handler.setClassLoader(Whiteboard.class.getClassLoader());
        handler.setErrorHandler(new PlainErrors());
        // The connectors refuse what is ambiguous; what they let through is a plain '%' in a name.
        handler.getServletHandler().setDecodeAmbiguousURIs(true);
        handler.getSessionHandler().setMaxInactiveInterval(SESSION_SECONDS);
        handler.getSessionHandler().setHttpOnly(true);
        handler.getSessionHandler().setSameSite(HttpCookie.SameSite.LAX);
        handler.addEventListener(base);
        return handler;
    }

    Handler handler() {
        return handler;
    }

    /** Opens the whiteboard. Jetty's context must have started, its connectors should not have. */
    void start(List<String> endpoints) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT, endpoints.toArray(String[]::new));
        base.start(handler.getServletContext(), properties);
        registrations.add(bundle.registerService(ServletContextHelper.class, new OwnedContext(""), rootProperties()));
        registrations.add(bundle.registerService(Servlet.class, new NothingHere(), fallbackProperties()));
        registrations.add(
                bundle.registerService(ServletContextListener.class, new OpenedContexts(), listenerProperties()));
    }

    @Override
    public void close() {
        base.stop();
        registrations.forEach(ServiceRegistration::unregister);
    }

    @Override
    public Context open(PathSpec spec) {
        String name = spec.owner().replaceAll("[^A-Za-z0-9_.-]", "-") + "-" + sequence.incrementAndGet();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME, name);
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_PATH, spec.path());
        properties.put(INSTANCE, spec.owner());
        properties.put(APP, spec.app());
        ServiceRegistration<?> helper =
                bundle.registerService(ServletContextHelper.class, new OwnedContext(spec.app()), properties);
        return new InstanceServlets(spec, name, helper);
    }

    /** In the place of felix.http.base's own root context, which would let every app in. */
    private static Dictionary<String, Object> rootProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(
                HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME,
                HttpWhiteboardConstants.HTTP_WHITEBOARD_DEFAULT_CONTEXT_NAME);
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_PATH, "/");
        properties.put(Constants.SERVICE_RANKING, Integer.MAX_VALUE);
        return properties;
    }

    /** Without it, a page of the platform's that answers every path would also answer below an instance's path. */
    private static Dictionary<String, Object> fallbackProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, "/");
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_SELECT, "(" + INSTANCE + "=*)");
        properties.put(Constants.SERVICE_RANKING, FALLBACK_RANKING);
        return properties;
    }

    private static Dictionary<String, Object> listenerProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_LISTENER, "true");
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_SELECT, "(" + INSTANCE + "=*)");
        return properties;
    }

    /** Keeps the servlet context of each path, by its name, which felix.http.base tells before the helper is registered. */
    private final class OpenedContexts implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ExtServletContext context = (ExtServletContext) event.getServletContext();
            contexts.put(context.getServletContextName(), context);
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            contexts.remove(event.getServletContext().getServletContextName());
        }
    }

    /** The servlets of one path. */
    private final class InstanceServlets implements Context {
        private final PathSpec spec;
        private final String name;
        private final ServiceRegistration<?> helper;

        InstanceServlets(PathSpec spec, String name, ServiceRegistration<?> helper) {
            this.spec = spec;
            this.name = name;
            this.helper = helper;
        }

        @Override
        public Registration servlet(String pattern, Servlet servlet) {
            AppServlet guarded = new AppServlet(spec, servlet);
            long id = (Long) helper.getReference().getProperty(Constants.SERVICE_ID);
            Registration registration = base.add(id, contexts.get(name), pattern, guarded)
                    .orElseThrow(() -> new WebserverException(spec.owner() + ": the servlet for '" + pattern
                            + "' was not taken: a whiteboard service has that pattern already."));
            if (!guarded.isInitialized()) {
                registration.close();
                throw refused(pattern, guarded.failure());
            }
            return registration;
        }

        private WebserverException refused(String pattern, Throwable cause) {
            return new WebserverException(
                    spec.owner() + ": the servlet for '" + pattern + "' failed in init: " + cause.getMessage(), cause);
        }

        @Override
        public void close() {
            helper.unregister();
        }
    }

    /** Gives a context to the platform's own bundles and to the app that it belongs to, and to no other app. */
    private record OwnedContext(String app) implements ServiceFactory<ServletContextHelper> {
        @Override
        public ServletContextHelper getService(Bundle asking, ServiceRegistration<ServletContextHelper> registration) {
            boolean welcome = asking.adapt(BundleWiring.class).getCapabilities(APP).stream()
                    .allMatch(
                            capability -> app.equals(capability.getAttributes().get(APP)));
            return welcome ? new InstanceContext() : null;
        }

        @Override
        public void ungetService(
                Bundle asking, ServiceRegistration<ServletContextHelper> registration, ServletContextHelper helper) {
            // A context holds nothing.
        }
    }

    /** Knows no resources: static files are served by {@link BundleFiles}. */
    private static final class InstanceContext extends ServletContextHelper {
        @Override
        public String getMimeType(String name) {
            return MimeTypes.DEFAULTS.getMimeByExtension(name);
        }
    }

    /** Answers below an instance's path where the app answers nothing. */
    private static final class NothingHere extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
