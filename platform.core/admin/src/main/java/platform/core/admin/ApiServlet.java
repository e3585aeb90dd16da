package platform.core.admin;

import com.google.gson.JsonObject;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.webserver.api.RequestBodies;

/**
 * The door to the REST API: nothing of it sees a request of somebody who is not logged in. What answers is a servlet with the
 * property {@code platform.rest}; it is fetched for the first request, so that it costs the start nothing, and finds the {@link
 * Caller} in the request's attribute of that class's name.
 */
@Component(
        service = Servlet.class,
        property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=" + ApiServlet.PATH + "/*")
public final class ApiServlet extends HttpServlet {

    static final String PATH = "/manager/api/v1";
    /** The page that shows the API's document. */
    static final String PAGE = "/docs/";

    private static final String DOCUMENT = "/openapi.json";

    private static final long serialVersionUID = 1L;

    private final transient HttpLogin login;
    private final transient HttpLogin browsers;
    private final transient Optional<ComponentServiceObjects<Servlet>> rest;
    private transient Servlet started;

    /** There while an identity provider is configured. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private transient volatile LoginServlet loginPage;

    @Activate
    public ApiServlet(
            @Reference Access access,
            @Reference(
                            target = "(platform.rest=v1)",
                            cardinality = ReferenceCardinality.OPTIONAL,
                            policyOption = ReferencePolicyOption.GREEDY)
                    ComponentServiceObjects<Servlet> rest) {
        this.login = new HttpLogin(access, Caller.Origin.REST, true);
        this.browsers = new HttpLogin(access, Caller.Origin.CONSOLE, false);
        this.rest = Optional.ofNullable(rest);
    }

    /** For a test. */
    ApiServlet(Access access, ComponentServiceObjects<Servlet> rest, LoginServlet loginPage) {
        this(access, rest);
        this.loginPage = loginPage;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (isRoot(request) && isChoosing(request)) {
            response.sendRedirect(PATH + PAGE);
            return;
        }
        boolean page = isPage(request);
        HttpLogin.Result result = (page ? browsers : login).of(request);
        if (page && result.status() == HttpServletResponse.SC_UNAUTHORIZED && isChoosing(request)) {
            response.sendRedirect(LoginServlet.PATH + AskedPage.query(request));
        } else if (result.caller().isEmpty()) {
            result.describe(response);
            refuse(request, response, result.status(), result.reason());
        } else if (rest.isEmpty()) {
            refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The REST API does not run.");
        } else {
            request.setAttribute(Caller.class.getName(), result.caller().get());
            started().service(request, response);
        }
    }

    /** Who is logged in to the console may read how the API is used. The API itself takes no cookies. */
    private static boolean isPage(HttpServletRequest request) {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        boolean read = path.startsWith(PAGE) || path.equals(DOCUMENT);
        // What is spelt in another way could be something else to the API.
        boolean plain = request.getRequestURI().equals(PATH + path);
        return read && plain && request.getHeader("Authorization") == null;
    }

    private static boolean isRoot(HttpServletRequest request) {
        return Set.of(PATH, PATH + "/").contains(request.getRequestURI());
    }

    /** Whether it is a browser that is asked by what means it wants to log in, where nobody is logged in. */
    private boolean isChoosing(HttpServletRequest request) {
        LoginServlet choice = loginPage;
        return choice != null && choice.asks(request);
    }

    private synchronized Servlet started() throws ServletException {
        if (started == null) {
            Servlet fetched = rest.orElseThrow().getService();
            try {
                fetched.init(getServletConfig());
                started = fetched;
            } finally {
                if (started == null) {
                    rest.orElseThrow().ungetService(fetched);
                }
            }
        }
        return started;
    }

    @Override
    public synchronized void destroy() {
        if (started != null) {
            started.destroy();
            rest.orElseThrow().ungetService(started);
            started = null;
        }
    }

    /** RFC 9457. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String reason)
            throws IOException {
        RequestBodies.passOver(request);
        JsonObject problem = new JsonObject();
        problem.addProperty("status", status);
        problem.addProperty("detail", reason);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem.toString().getBytes(StandardCharsets.UTF_8));
    }
}
