package platform.core.itest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app that registers its servlets with the OSGi whiteboard. */
@Component
public final class WhiteboardApp implements AppService {

    @Override
    public AppInstance start(AppContext context) {
        return new AppInstance() {};
    }

    /** In the context of one of its instances; answers with the path of that context. */
    @Component(
            service = Servlet.class,
            property = {
                "osgi.http.whiteboard.servlet.pattern=/own/*",
                "osgi.http.whiteboard.context.select=(platform.instance=first@whiteboard.example)"
            })
    public static final class OwnServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(request.getContextPath());
        }
    }

    /** In the context of every instance there is, whosever it is. */
    @Component(
            service = Servlet.class,
            property = {
                "osgi.http.whiteboard.servlet.pattern=/intruder",
                "osgi.http.whiteboard.context.select=(platform.instance=*)"
            })
    public static final class IntrudingServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("I am in");
        }
    }

    /** In no instance's context, but at the root of the webserver. */
    @Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/stray")
    public static final class StrayServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("I am at large");
        }
    }
}
