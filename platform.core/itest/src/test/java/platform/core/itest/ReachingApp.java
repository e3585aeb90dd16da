package platform.core.itest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** An app whose page says whether the class that the query names can be reached from within the app. */
@Component
public final class ReachingApp implements AppService {

    @Override
    public AppInstance start(AppContext context) {
        context.web().servlet("/reach", new Page());
        return new AppInstance() {};
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(reach(request.getQueryString()));
        }

        private static String reach(String className) {
            try {
                Class.forName(className, false, ReachingApp.class.getClassLoader());
                return "reached";
            } catch (ClassNotFoundException e) {
                return "not found";
            }
        }
    }
}
