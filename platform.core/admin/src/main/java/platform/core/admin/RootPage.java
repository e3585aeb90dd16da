package platform.core.admin;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;

/** The page at {@code /}, and only there: the empty pattern is the exact root (Jakarta Servlet 12.2). */
@Component(service = Servlet.class, property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=")
@RequireHttpWhiteboard
public final class RootPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String MAIN = """
            <h1>App Platform</h1>
            <p>Each instance of an app answers under its own path, usually <code>/&lt;domain&gt;/&lt;name&gt;/</code>.</p>
            <p>Administrators: <a href="/system/console">web console</a></p>
            <p>Programs: <a href="%s">REST API</a></p>
            """.formatted(ApiServlet.PATH + ApiServlet.PAGE);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        HtmlPage.write(response, "App Platform", MAIN);
    }
}
