package app.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets in who knows the instance's password (RFC 7617, any user name). A browser sends a password that it knows with
 * requests of other sites too: such requests may not change anything.
 */
final class Gate {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final String realm;
    private final Predicate<String> passwords;
    private final Guesses guesses;

    /** @param passwords knows whether a text is the password */
    Gate(String realm, Predicate<String> passwords, Clock clock) {
        this.realm = realm;
        this.passwords = passwords;
        this.guesses = new Guesses(clock);
    }

    /** Whether to go on; if not, the answer is written. */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (!HARMLESS.contains(request.getMethod()) && isCrossSite(request)) {
            new Answers(request, response)
                    .plain(403, "Another site sent this request. Use the page of this file store.");
            return false;
        }
        String credentials = credentials(request);
        if (!credentials.isEmpty() && !guesses.mayTry(request.getRemoteAddr())) {
            response.setHeader("Retry-After", "1");
            new Answers(request, response)
                    .plain(429, "Too many wrong passwords came from your address. Try again in a second.");
            return false;
        }
        if (isPassword(credentials)) {
            return true;
        }
        if (!credentials.isEmpty()) {
            guesses.failed(request.getRemoteAddr());
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
        new Answers(request, response).plain(401, "Log in with any user name and the password of this instance.");
        return false;
    }

    /** What a browser says about where a request comes from; other clients say nothing. */
    private static boolean isCrossSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITE.contains(site);
        }
        String origin = request.getHeader("Origin");
        String[] parts = String.valueOf(origin).split("://", 2);
        return origin != null && (parts.length < 2 || !Authority.isOf(request, parts[0], parts[1]));
    }

    private static String credentials(HttpServletRequest request) {
        String header = String.valueOf(request.getHeader("Authorization"));
        return header.toLowerCase(Locale.ROOT).startsWith("basic ")
                ? header.substring(6).trim()
                : "";
    }

    private boolean isPassword(String credentials) {
        byte[] decoded = decode(credentials);
        int colon = 0;
        while (colon < decoded.length && decoded[colon] != ':') {
            colon++;
        }
        byte[] given = Arrays.copyOfRange(decoded, Math.min(colon + 1, decoded.length), decoded.length);
        return colon < decoded.length && passwords.test(new String(given, StandardCharsets.UTF_8));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // not a password
        }
    }
}
