package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.slf4j.MDC;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/** A bundle that opens a path and is told by requests what to do with it. */
public final class TestApp implements BundleActivator {

    private static final String OWNER = "acme@example.com";

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final List<String> failures = new ArrayList<>();
    private WebPath acme;
    private WebPath control;

    @Override
    public void start(BundleContext context) {
        Webserver webserver = context.getService(context.getServiceReference(Webserver.class));
        acme = webserver.open(new PathSpec("/example.com/acme", OWNER, "testapp", executor));
        acme.context().servlet("/dav/*", new Dav());
        acme.context().servlet("/broken/*", new Broken());
        acme.context().files("/", TestApp.class, "/web");
        acme.context().webSocket("/echo", session -> new Echo());
        expectFailure(() -> acme.context().servlet("/dav/*", new Dav()));
        expectFailure(() -> acme.context().servlet("/fails", new FailsInInit()));
        expectFailure(() -> acme.context().servlet("no-slash", new Dav()));
        control = webserver.open(new PathSpec("/example.com/control", "control@example.com", "testapp", executor));
        control.context().servlet("/*", new Control());
        control.activate();
        whiteboard(context, "/board", "(platform.instance=" + OWNER + ")");
        expectFailure(() -> acme.context().servlet("/board", new Dav()));
        whiteboard(context, "/*", "(osgi.http.whiteboard.context.name=default)");
    }

    private static void whiteboard(BundleContext context, String pattern, String contextFilter) {
        context.registerService(
                Servlet.class,
                new Page("whiteboard " + pattern),
                new Hashtable<>(Map.of(
                        "osgi.http.whiteboard.servlet.pattern", pattern,
                        "osgi.http.whiteboard.context.select", contextFilter)));
    }

    private void expectFailure(Runnable registration) {
        try {
            registration.run();
            failures.add("no failure");
        } catch (WebserverException e) {
            failures.add(e.getMessage());
        }
    }

    @Override
    public void stop(BundleContext context) {
        control.close();
        acme.close();
        executor.shutdown();
    }

    /** Says how it was called. */
    private static final class Dav extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            long length = request.getInputStream().transferTo(OutputStream.nullOutputStream());
            boolean own = Thread.currentThread().getContextClassLoader() == TestApp.class.getClassLoader();
            response.getWriter()
                    .print(String.join(
                            "|",
                            request.getMethod(),
                            request.getContextPath(),
                            getServletContext().getContextPath(),
                            request.getServletPath(),
                            String.valueOf(request.getPathInfo()),
                            String.valueOf(length),
                            MDC.get("app"),
                            MDC.get("instance"),
                            own ? "own loader" : "foreign loader"));
        }
    }

    /** Throws before or after the response has begun, or refuses with a message. */
    private static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getPathInfo()) {
                case "/full" -> response.sendError(507, "The quota of 1 MB is reached");
                case "/late" -> {
                    response.getOutputStream().print("half of it");
                    response.flushBuffer();
                    throw new IllegalStateException("secret detail");
                }
                default -> throw new IllegalStateException("secret detail");
            }
        }
    }

    /** Cannot start. */
    private static final class FailsInInit extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init() throws ServletException {
            throw new ServletException("no table");
        }
    }

    /** Answers with its text. */
    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String text;

        Page(String text) {
            this.text = text;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(text);
        }
    }

    /** Does with the other path what the request says. */
    private final class Control extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getPathInfo()) {
                case "/activate" -> acme.activate();
                case "/suspend" -> acme.suspend("acme is being updated.");
                case "/clear" -> acme.clear();
                case "/close" -> acme.close();
                case "/session" -> request.getSession().setAttribute("seen", true);
                default -> response.getWriter().print(String.join("\n", failures));
            }
        }
    }

    /** Sends back what it gets. */
    private static final class Echo implements WebSocketListener {
        @Override
        public void onText(WebSocketSession session, String message) {
            session.send(message);
        }
    }
}
