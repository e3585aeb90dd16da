package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebContext.Registration;

/** Where servlets live. */
interface ServletContexts {

    /** Makes the servlet context of a path. */
    Context open(PathSpec spec);

    /** The servlet context of one path. */
    interface Context extends AutoCloseable {

        /**
         * Calls the servlet's {@code init} before it returns.
         *
         * @throws platform.webserver.api.WebserverException when that fails or something else has the pattern
         */
        Registration servlet(String pattern, Servlet servlet);

        @Override
        void close();
    }
}
