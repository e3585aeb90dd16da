package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;
import platform.webserver.api.RequestBodies;

/** Lets in who meets a need, and tells the others why not: in plain text, or a browser where to go instead. */
final class PageLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PageLogin.class);

    private final HttpLogin login;

    PageLogin(HttpLogin login) {
        this.login = login;
    }

    /** Who asks; null when he has got an answer that refuses him. */
    Caller authenticate(HttpServletRequest request, HttpServletResponse response, Need need) {
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        HttpLogin.Result result = login.of(request);
        if (result.caller().isEmpty()) {
            result.describe(response);
            return refuse(request, response, result.reason());
        }
        Caller caller = result.caller().get();
        if (!need.isMetBy(caller)) {
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            String reason = "This takes " + need + ", and yours is " + caller.role() + " of " + caller.scope() + ".";
            return isBrowser(request) ? lead(request, response, reason) : refuse(request, response, reason);
        }
        request.setAttribute(ServletContextHelper.AUTHENTICATION_TYPE, HttpServletRequest.BASIC_AUTH);
        request.setAttribute(ServletContextHelper.REMOTE_USER, caller.user());
        return caller;
    }

    /** Whether it says nothing of who sends it. */
    boolean isUnknown(HttpServletRequest request) {
        return login.of(request).status() == HttpServletResponse.SC_UNAUTHORIZED;
    }

    static boolean isBrowser(HttpServletRequest request) {
        return String.valueOf(request.getHeader("Accept")).contains("text/html");
    }

    private static Caller lead(HttpServletRequest request, HttpServletResponse response, String reason) {
        try {
            RequestBodies.passOver(request);
            HtmlPage.write(response, "Not open to you", """
                <h1>Not open to you</h1>
                <p>%s</p>
                <p><a href="/system/console">To the pages that you may see</a></p>
                """.formatted(HtmlPage.escape(reason)));
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("The browser went away before it was told: {}", reason, e);
        }
        return null;
    }

    private static Caller refuse(HttpServletRequest request, HttpServletResponse response, String reason) {
        try {
            RequestBodies.passOver(request);
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("The client went away before it was told: {}", reason, e);
        }
        return null;
    }
}
