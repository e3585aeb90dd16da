package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;
import platform.core.api.Role;

/** Lets in who has a role with everything, and tells the others why not, in plain text. */
final class PageLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PageLogin.class);

    private final HttpLogin login;
    private final Role needed;

    PageLogin(HttpLogin login, Role needed) {
        this.login = login;
        this.needed = needed;
    }

    /** The {@link Caller}; null when he has got an answer that refuses him. */
    Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        HttpLogin.Result result = login.of(request);
        if (result.caller().isEmpty()) {
            result.describe(response);
            return refuse(response, result.reason());
        }
        Caller caller = result.caller().get();
        if (!isAllowed(caller)) {
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return refuse(
                    response,
                    "This takes the role " + needed + " of everything, and yours is " + caller.role() + " of "
                            + caller.scope() + ".");
        }
        request.setAttribute(ServletContextHelper.AUTHENTICATION_TYPE, HttpServletRequest.BASIC_AUTH);
        request.setAttribute(ServletContextHelper.REMOTE_USER, caller.user());
        return caller;
    }

    boolean isAllowed(Object user) {
        return user instanceof Caller caller && caller.mayEverywhere(needed);
    }

    void logout(HttpServletRequest request) {
        LOG.debug("Logout from {}", request.getRemoteAddr());
    }

    private static Object refuse(HttpServletResponse response, String reason) {
        try {
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("The client went away before it was told: {}", reason, e);
        }
        return null;
    }
}
