package platform.core.admin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cookie that a browser sends to this host only, over HTTPS or to its own machine, that no script reads, and that another site's page cannot
 * make it send along with a change. It ends with the browser.
 */
record Cookies(String name) {

    static final Cookies SESSION = new Cookies("__Host-platform-session");
    static final Cookies LOGIN = new Cookies("__Host-platform-login");

    Optional<String> in(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(it -> it.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** Lax, not strict: the provider's page leads back here, and its browser must not seem to be another one then. */
    void set(HttpServletResponse response, String value) {
        response.addHeader("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    void remove(HttpServletResponse response) {
        response.addHeader("Set-Cookie", name + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
