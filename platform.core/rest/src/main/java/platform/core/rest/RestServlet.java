package platform.core.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.glassfish.jersey.servlet.ServletContainer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.Audit;
import platform.core.api.Tokens;
import platform.core.api.Users;
import platform.webserver.api.PageSockets;

/**
 * Jersey, behind whoever lets requests in: they have the {@link platform.core.api.Caller} in the attribute of that class's name.
 * Nothing of this bundle is loaded before the first of them.
 */
@Component(service = Servlet.class, property = "platform.rest=v1")
public final class RestServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Tasks tasks = new Tasks();
    private final transient Parts parts;
    private final transient ServletContainer jersey;
    private transient LivePage live;

    /** Who may do what must be known, and what is done must be noted: without these three nothing is answered. */
    @Activate
    public RestServlet(
            BundleContext context, @Reference Audit audit, @Reference Users users, @Reference Tokens tokens) {
        this(new Parts(context));
    }

    RestServlet(Parts parts) {
        this.parts = parts;
        this.jersey = new ServletContainer(new RestApplication(parts, tasks));
    }

    /** Jersey finds its own parts by the thread's class loader. */
    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(RestServlet.class.getClassLoader());
        try {
            jersey.init(config);
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (LivePage.PATH.equals(request.getPathInfo())
                && parts.find(PageSockets.class).isPresent()) {
            live().serve(request, response);
        } else if (DocumentPage.isAsked(request)) {
            DocumentPage.serve(request, response);
        } else {
            jersey.service(request, response);
        }
    }

    private synchronized LivePage live() {
        if (live == null) {
            live = new LivePage(parts.need(PageSockets.class), parts, tasks);
        }
        return live;
    }

    @Override
    public synchronized void destroy() {
        if (live != null) {
            live.close();
        }
        jersey.destroy();
        tasks.close();
    }
}
