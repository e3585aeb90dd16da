package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathSpec;

/**
 * Stands around an app's servlet: gives the thread the app's class loader and its name on log lines, remembers how
 * {@code init} went, and turns what the servlet throws into an answer that is whole or visibly broken.
 */
final class AppServlet implements Servlet {

    /** Jetty's way to cut the connection of a response that has begun. */
    private static final int ABORT = -1;

    private static final Logger LOG = LoggerFactory.getLogger(AppServlet.class);

    private final PathSpec spec;
    private final Servlet servlet;
    private volatile boolean initialized;
    private volatile Throwable failure;

    AppServlet(PathSpec spec, Servlet servlet) {
        this.spec = spec;
        this.servlet = servlet;
    }

    boolean isInitialized() {
        return initialized;
    }

    /** What {@code init} threw; null when it did not. */
    Throwable failure() {
        return failure;
    }

    /** Does not throw: whoever registers the servlet looks at {@link #failure}, and the whiteboard would only log it. */
    @Override
    public void init(ServletConfig config) {
        try {
            inApp(() -> servlet.init(config));
            initialized = true;
        } catch (ServletException | RuntimeException | IOException | LinkageError e) {
            failure = e;
        }
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        if (!initialized) {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        inApp(() -> {
            try {
                servlet.service(request, response);
            } catch (ServletException | IOException | RuntimeException | Error e) {
                failed((HttpServletRequest) request, (HttpServletResponse) response, e);
            }
        });
    }

    @Override
    public void destroy() {
        if (!initialized) {
            return;
        }
        try {
            inApp(servlet::destroy);
        } catch (ServletException | RuntimeException | IOException | LinkageError e) {
            LOG.warn("{}: destroy of {} failed", spec.owner(), servlet, e);
        }
    }

    /** A response that has begun must not end as if it were complete, so its connection is cut. */
    private void failed(HttpServletRequest request, HttpServletResponse response, Throwable cause) throws IOException {
        Throwable client = clientFault(cause);
        String uri = request.getRequestURI();
        if (client == null) {
            LOG.error("{}: {} {} failed", spec.owner(), request.getMethod(), uri, cause);
            tell(cause);
        } else {
            LOG.debug("{}: {} {} was broken off: {}", spec.owner(), request.getMethod(), uri, client.toString());
        }
        if (response.isCommitted()) {
            unwrapped(response).sendError(ABORT);
        } else {
            response.sendError(statusFor(client));
        }
    }

    /** A servlet may have wrapped the error. */
    private void tell(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error error) {
                spec.onError().accept(error);
                return;
            }
        }
    }

    private static int statusFor(Throwable client) {
        if (client instanceof HttpException http) {
            return http.getCode();
        }
        if (client != null && isIdle(client)) {
            return HttpServletResponse.SC_REQUEST_TIMEOUT;
        }
        return client == null ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : HttpServletResponse.SC_BAD_REQUEST;
    }

    /** What Jetty threw because the client sent nonsense or went away; null when the fault is ours or the app's. */
    private static Throwable clientFault(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuietException || cause instanceof HttpException || isIdle(cause)) {
                return cause;
            }
        }
        return null;
    }

    /** Jetty gives a client that stalls no type of its own. */
    private static boolean isIdle(Throwable cause) {
        return cause instanceof TimeoutException
                && String.valueOf(cause.getMessage()).startsWith("Idle timeout");
    }

    private static HttpServletResponse unwrapped(HttpServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return (HttpServletResponse) inner;
    }

    private void inApp(Task task) throws ServletException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(servlet.getClass().getClassLoader());
        LogScope scope = new LogScope(spec);
        try {
            task.run();
        } finally {
            scope.close();
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public ServletConfig getServletConfig() {
        return servlet.getServletConfig();
    }

    @Override
    public String getServletInfo() {
        return servlet.getServletInfo();
    }

    /** A call of the app's code. */
    private interface Task {
        void run() throws ServletException, IOException;
    }
}
