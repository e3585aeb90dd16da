package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import platform.core.api.Access;
import platform.core.api.Caller;
import platform.core.api.Login;
import platform.webserver.api.PrivateRequests;

/**
 * The login of a request: HTTP Basic (RFC 7617), or an API token (RFC 6750), over HTTPS or from this machine. It is asked before
 * anything else looks at the request. The web console takes the cookie of a session, too. What a browser sends along by itself is not
 * taken from another site's page.
 */
final class HttpLogin {

    static final String IN_THE_OPEN = "This is open over HTTPS only, or from this machine itself.";

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
    private static final String BEARER = "Bearer ";

    private final Access access;
    private final Caller.Origin origin;
    private final boolean tokens;

    /** @param tokens whether API tokens are taken, too */
    HttpLogin(Access access, Caller.Origin origin, boolean tokens) {
        this.access = access;
        this.origin = origin;
        this.tokens = tokens;
    }

    /** Who sends it, or why that is not known. */
    Result of(HttpServletRequest request) {
        if (!PrivateRequests.isPrivate(request)) {
            return Result.refused(HttpServletResponse.SC_FORBIDDEN, IN_THE_OPEN);
        }
        if (!HARMLESS.contains(request.getMethod()) && !comesFromOwnPage(request)) {
            return Result.refused(
                    HttpServletResponse.SC_FORBIDDEN,
                    "Another site's page sent this request. Use the platform's own pages, or a program.");
        }
        String header = request.getHeader("Authorization");
        Optional<BasicCredentials> credentials = BasicCredentials.of(header);
        if (credentials.isPresent()) {
            return password(credentials.get(), PrivateRequests.address(request));
        }
        return token(header)
                .flatMap(token -> access.token(token, origin, PrivateRequests.address(request)))
                .or(() -> session(request))
                .map(Result::of)
                .orElse(Result.UNKNOWN);
    }

    private Result password(BasicCredentials credentials, InetAddress from) {
        Login login = access.login(credentials.user(), credentials.password().toCharArray(), origin, from);
        return login.pause().isZero()
                ? login.caller().map(Result::of).orElse(Result.UNKNOWN)
                : Result.tooEarly(login.pause().toSeconds() + 1);
    }

    private Optional<String> token(String header) {
        return tokens && header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** A browser that has logged in at an identity provider: to the console only. */
    private Optional<Caller> session(HttpServletRequest request) {
        return origin != Caller.Origin.CONSOLE
                ? Optional.empty()
                : Cookies.SESSION
                        .in(request)
                        .flatMap(secret -> access.session(secret, origin, PrivateRequests.address(request)));
    }

    /** A browser sends the password or cookie along with whatever another site's page makes it post here. */
    private static boolean comesFromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_PAGES.contains(site);
        }
        String page = request.getHeader("Origin");
        return page == null || isHost(page, request.getHeader("Host"));
    }

    private static boolean isHost(String page, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(page).getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /**
     * What came of it.
     *
     * @param caller who it is; empty when it was refused
     * @param status the answer's status when it was refused
     * @param reason why it was, a sentence
     * @param retryAfter the seconds after which another attempt may be made; 0 for at once
     */
    record Result(Optional<Caller> caller, int status, String reason, long retryAfter) {

        private static final Result UNKNOWN =
                refused(HttpServletResponse.SC_UNAUTHORIZED, "Log in as a user of this platform.");

        private static Result of(Caller caller) {
            return new Result(Optional.of(caller), HttpServletResponse.SC_OK, "", 0);
        }

        private static Result refused(int status, String reason) {
            return new Result(Optional.empty(), status, reason, 0);
        }

        private static Result tooEarly(long seconds) {
            return new Result(Optional.empty(), 429, "Too many wrong logins. Wait " + seconds + " s.", seconds);
        }

        /** Tells a browser, or a program, how to do better. */
        void describe(HttpServletResponse response) {
            response.setHeader("Cache-Control", "no-store");
            if (status == HttpServletResponse.SC_UNAUTHORIZED) {
                response.setHeader("WWW-Authenticate", "Basic realm=\"App Platform\", charset=\"UTF-8\"");
            }
            if (retryAfter > 0) {
                response.setHeader("Retry-After", String.valueOf(retryAfter));
            }
            response.setStatus(status);
        }
    }
}
