package platform.core.appsocket;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The login for pages without WebSockets: {@code GET ?mt=AppChallenge}, then {@code GET ?mt=AppLogin&…}. */
final class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LoginServlet.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final transient AppSocketHost host;
    private final transient LoginCheck check;
    private final transient LoginCookies cookies;
    private final transient Challenges challenges;

    LoginServlet(AppSocketHost host, LoginCheck check, LoginCookies cookies) {
        this.host = host;
        this.check = check;
        this.cookies = cookies;
        this.challenges = new Challenges(host.clock());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        String mt = parameter(request, "mt");
        if (mt.equals("AppChallenge")) {
            answer(response, "AppChallengeResult", Map.of("challenge", challenges.issue()));
        } else if (!mt.equals("AppLogin")) {
            explain(response);
        } else if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            // Nobody's browser is to be logged in by somebody else's page.
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            refuse(response);
        } else {
            login(request, response);
        }
    }

    private static void explain(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter()
                .write("This is an app's WebSocket. Open one, or log in by ?mt=AppChallenge and ?mt=AppLogin.\n");
    }

    private void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<InetAddress> from = remote(request);
        Optional<Duration> wait = check.reserve(from);
        if (wait.isEmpty() || !wait.get().isZero()) {
            response.setStatus(TOO_MANY_REQUESTS);
            response.setHeader("Retry-After", String.valueOf(seconds(wait)));
            refuse(response);
            return;
        }
        Optional<LoginRequest> asked = read(request);
        Optional<String> password = Optional.empty();
        if (asked.isPresent() && challenges.take(asked.get().challenge())) {
            password = check.login(asked.get(), from);
        } else {
            check.failed(from);
        }
        if (password.isEmpty()) {
            refuse(response);
        } else {
            accept(asked.get(), password.get(), request, response);
        }
    }

    private static long seconds(Optional<Duration> wait) {
        return wait.orElse(LoginDelay.LONGEST).toSeconds() + 1;
    }

    private void accept(LoginRequest asked, String password, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        cookies.set(asked.login(), password, request, response);
        answer(
                response,
                "AppLoginResult",
                Answers.loggedIn(asked.login().app(), host.id().domain()));
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        answer(response, "AppLoginResult", Answers.refused());
    }

    private static Optional<LoginRequest> read(HttpServletRequest request) {
        Optional<String> info =
                Optional.ofNullable(request.getParameter("info")).filter(text -> !text.equals("null"));
        try {
            return Optional.of(
                    LoginRequest.of(name -> parameter(request, name), info, parameter(request, "challenge")));
        } catch (JsonException e) {
            LOG.debug("The info of a login is no object: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static void answer(HttpServletResponse response, String mt, Map<String, ?> fields) throws IOException {
        response.setContentType("application/json; charset=utf-8");
        response.getWriter().write(Answers.message(mt, fields));
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }

    private static Optional<InetAddress> remote(HttpServletRequest request) {
        try {
            String address = request.getRemoteAddr();
            // Where there is no address, getByName would give the loopback one.
            return address == null || address.isEmpty()
                    ? Optional.empty()
                    : Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            LOG.debug("A request comes from no IP address", e);
            return Optional.empty();
        }
    }
}
