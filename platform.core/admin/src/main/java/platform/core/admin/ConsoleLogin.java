package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Login;
import platform.core.api.Role;

/**
 * The login of the web console: HTTP Basic for the platform's users who are administrators of everything, since the console
 * shows and changes all of the framework; over HTTPS or from this machine. The framework property {@code felix.webconsole.security.providers={@value #ID}} makes the
 * console wait for this service, vanish with it, and refuse its own built-in user. Asked by the webserver's threads for
 * each request to the console, before anything of the console sees it.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + ConsoleLogin.ID)
public final class ConsoleLogin implements SecurityProvider {

    static final String ID = "platform.administrators";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLogin.class);
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private static final Set<String> PASSED_ON =
            Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final Access access;

    @Activate
    public ConsoleLogin(@Reference Access access) {
        this.access = access;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        InetAddress from = address(request);
        if (!isPrivate(request)) {
            return refuse(response, 403, "The console is open over HTTPS only, or from this machine itself.");
        }
        if (!HARMLESS.contains(request.getMethod()) && !comesFromOwnPage(request)) {
            return refuse(response, 403, "Another site's page sent this request. Use the console's own pages.");
        }
        Optional<BasicCredentials> credentials = BasicCredentials.of(request.getHeader("Authorization"));
        return credentials.isPresent() ? check(credentials.get(), from, request, response) : challenge(response);
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Caller caller && caller.mayEverywhere(Role.ADMINISTRATOR);
    }

    /** The console itself asks the browser to forget the password. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        LOG.debug("Console logout from {}", request.getRemoteAddr());
    }

    private Object check(
            BasicCredentials credentials, InetAddress from, HttpServletRequest request, HttpServletResponse response) {
        Login login =
                access.login(credentials.user(), credentials.password().toCharArray(), Caller.Origin.CONSOLE, from);
        if (!login.pause().isZero()) {
            long seconds = login.pause().toSeconds() + 1;
            response.setHeader("Retry-After", String.valueOf(seconds));
            return refuse(response, 429, "Too many wrong logins. Wait " + seconds + " s.");
        }
        if (login.caller().isEmpty()) {
            return challenge(response);
        }
        if (!authorize(login.caller().get(), "")) {
            return refuse(
                    response,
                    403,
                    "This is for administrators only. Your role is "
                            + login.caller().get().role() + ".");
        }
        request.setAttribute(ServletContextHelper.AUTHENTICATION_TYPE, HttpServletRequest.BASIC_AUTH);
        request.setAttribute(ServletContextHelper.REMOTE_USER, credentials.user());
        return login.caller().get();
    }

    /** A browser sends the password along with whatever another site's page makes it post here. */
    private static boolean comesFromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_PAGES.contains(site);
        }
        String origin = request.getHeader("Origin");
        return origin == null || isHost(origin, request.getHeader("Host"));
    }

    private static boolean isHost(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static InetAddress address(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("Console request from '" + request.getRemoteAddr() + "': no IP address", e);
        }
    }

    /** Whether nobody can listen. */
    static boolean isPrivate(HttpServletRequest request) {
        return request.isSecure() || isFromHere(address(request), request);
    }

    /** What a proxy on this machine passes on comes from here only seemingly. */
    private static boolean isFromHere(InetAddress from, HttpServletRequest request) {
        return from.isLoopbackAddress() && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null);
    }

    private static Object challenge(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"App Platform\", charset=\"UTF-8\"");
        return refuse(response, 401, "Log in as an administrator of this platform.");
    }

    private static Object refuse(HttpServletResponse response, int status, String reason) {
        try {
            response.setStatus(status);
            response.setHeader("Cache-Control", "no-store");
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("Console client went away before its {} was sent", status, e);
        }
        return null;
    }
}
