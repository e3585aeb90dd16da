package platform.core.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppContext;
import platform.core.api.AppInstance;
import platform.core.api.AppService;

/** Has the JVM load, once, what most apps use. No app's own code runs: it could send mail, or change its database. */
final class Rehearsal implements AppService {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    @Override
    public AppInstance start(AppContext context) {
        context.web().servlet("/", new Page());
        try (Connection connection = context.dataSource().getConnection()) {
            LOG.info("The rehearsal has a database: {}", connection);
        } catch (SQLException e) {
            // As expected: the classes are loaded all the same.
            LOG.debug("The rehearsal has no database", e);
        }
        return new AppInstance() {};
    }

    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("A rehearsal");
        }
    }
}
