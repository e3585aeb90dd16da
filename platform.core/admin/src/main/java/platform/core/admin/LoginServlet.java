package platform.core.admin;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.webserver.api.PrivateRequests;

/**
 * The login to the web console where an identity provider is configured: a page with the choice of provider and password, the way to the
 * provider and the way back. Nothing of OpenID Connect is loaded, and the provider is not asked for anything, before somebody goes
 * there.
 */
@Component(
        service = {Servlet.class, LoginServlet.class},
        configurationPid = "platform.core.admin.oidc",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=" + LoginServlet.PATH + "/*")
@Designate(ocd = OidcConfig.class)
public final class LoginServlet extends HttpServlet {

    static final String PATH = "/manager/login";
    /** Where somebody is sent who has logged out. */
    static final String LEFT = PATH + "/left";
    /** Where the provider sends somebody who has logged out there, too. */
    static final String ENDED = PATH + "/ended";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LoginServlet.class);
    private static final String PROVIDER = PATH + "/provider";

    private final transient Access access;
    private final transient OidcLogin login;
    private final transient ProviderSessions sessions;
    private final boolean offered;
    private final String start;

    @Activate
    public LoginServlet(OidcConfig config, @Reference Access access) {
        this(config, access, Clock.systemUTC());
    }

    LoginServlet(OidcConfig config, Access access, Clock clock) {
        this.access = access;
        this.login = new OidcLogin(config, clock);
        this.sessions = new ProviderSessions(clock);
        this.offered = !config.issuer().isBlank();
        // The provider sends the browser to this address, where the cookie must be that it is sent off with.
        this.start = OidcSettings.withoutEnd(config.address()) + PROVIDER;
    }

    /** Whether it is a browser that has to be asked by what means it wants to log in, if it is not known. */
    boolean asks(HttpServletRequest request) {
        return offered
                && request.getMethod().equals("GET")
                && PageLogin.isBrowser(request)
                && request.getHeader("Authorization") == null
                && !ConsoleLogin.BY_PASSWORD.equals(request.getQueryString());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!PrivateRequests.isPrivate(request)) {
            show(request, response, HttpServletResponse.SC_FORBIDDEN, HttpLogin.IN_THE_OPEN);
            return;
        }
        try {
            switch (PATH + Optional.ofNullable(request.getPathInfo()).orElse("")) {
                case PROVIDER -> toProvider(request, response);
                case OidcSettings.CALLBACK -> enter(request, response);
                case LEFT ->
                    show(
                            request,
                            response,
                            HttpServletResponse.SC_OK,
                            "You are logged out here. At the identity provider you may still be logged in.");
                case ENDED ->
                    show(
                            request,
                            response,
                            HttpServletResponse.SC_OK,
                            "You are logged out, here and at the identity provider.");
                default -> show(request, response, HttpServletResponse.SC_OK, "");
            }
        } catch (PlatformException e) {
            LOG.warn("Login from {} by the identity provider failed: {}", request.getRemoteAddr(), e.getMessage());
            boolean denied = e.kind() == PlatformException.Kind.DENIED;
            show(
                    request,
                    response,
                    denied ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    e.getMessage());
        }
    }

    private void toProvider(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LoginAttempt attempt = login.begin(AskedPage.of(request));
        URI provider = login.request(attempt);
        Cookies.LOGIN.set(response, attempt.browser());
        response.sendRedirect(provider.toString());
    }

    private void enter(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Cookies.LOGIN.remove(response);
        InetAddress from = PrivateRequests.address(request);
        OidcLogin.Returned returned = returned(request, from);
        String session = access.openSession(returned.user(), Caller.Origin.CONSOLE, from);
        sessions.opened(session, returned.idToken());
        Cookies.SESSION.set(response, session);
        response.sendRedirect(returned.page());
    }

    /** Where to send the browser whose session is closed: to the provider, where that offers a logout, too. */
    String leaving(String session) {
        return sessions.closed(session)
                .flatMap(login::logout)
                .map(URI::toString)
                .orElse(LEFT);
    }

    private OidcLogin.Returned returned(HttpServletRequest request, InetAddress from) {
        try {
            return login.returned(
                    request.getQueryString(),
                    request.getParameter("state"),
                    Cookies.LOGIN.in(request).orElse(""));
        } catch (PlatformException e) {
            access.refused(Caller.Origin.CONSOLE, from, e.getMessage());
            throw e;
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, String trouble)
            throws IOException {
        String page = AskedPage.of(request);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        HtmlPage.write(response, "Log in", """
            <h1>App Platform</h1>
            <p role="alert">%s</p>
            <p><a href="%s">Log in at the identity provider</a></p>
            <p><a href="%s?%s">Log in with a password of this platform</a></p>
            """.formatted(
                        HtmlPage.escape(trouble),
                        HtmlPage.escape(start + AskedPage.query(page)),
                        HtmlPage.escape(page.replaceFirst("\\?.*", "")),
                        ConsoleLogin.BY_PASSWORD));
    }
}
