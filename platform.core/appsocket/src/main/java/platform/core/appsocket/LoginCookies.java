package platform.core.appsocket;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AppLogin;

/**
 * Who has logged in without a socket: by a cookie that only this instance's paths are sent, and no script can read. A login ends
 * after twelve hours, with the instance, with its password, and when so many others have come since that it is forgotten.
 */
final class LoginCookies {

    static final String NAME = "platform-login";
    static final Duration VALID = Duration.ofHours(12);

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AppSocketHost host;
    private final Map<String, Entry> entries = new BoundedMap<>();

    LoginCookies(AppSocketHost host) {
        this.host = host;
    }

    /** @param password that the login was made with */
    void set(AppLogin login, String password, HttpServletRequest request, HttpServletResponse response) {
        String token = newToken();
        synchronized (entries) {
            entries.put(token, new Entry(login, password, host.clock().instant().plus(VALID)));
        }
        response.addHeader(
                "Set-Cookie",
                NAME + "=" + token + "; Path=" + host.webPath() + "; HttpOnly; SameSite=Strict"
                        + (request.isSecure() ? "; Secure" : ""));
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    Optional<AppLogin> loginOf(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            Optional<AppLogin> login = cookie.getName().equals(NAME) ? find(cookie.getValue()) : Optional.empty();
            if (login.isPresent()) {
                return login;
            }
        }
        return Optional.empty();
    }

    private Optional<AppLogin> find(String token) {
        synchronized (entries) {
            Entry entry = entries.get(token);
            if (entry == null) {
                return Optional.empty();
            }
            if (host.clock().instant().isAfter(entry.until)
                    || !host.passwords().get().contains(entry.password)) {
                entries.remove(token);
                return Optional.empty();
            }
            return Optional.of(entry.login);
        }
    }

    /** A login and what it hangs on. */
    private static final class Entry {
        private final AppLogin login;
        private final String password;
        private final Instant until;

        Entry(AppLogin login, String password, Instant until) {
            this.login = login;
            this.password = password;
            this.until = until;
        }
    }
}
