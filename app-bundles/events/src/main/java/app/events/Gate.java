package app.events;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Lets in who knows the instance's password (RFC 7617, any user name), and slows down who guesses. */
final class Gate {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int FREE = 20;
    private static final int ADDRESSES = 10_000;

    private final Predicate<String> passwords;
    private final Clock clock;
    private final Map<String, Integer> failures = new HashMap<>();
    private Instant windowEnd = Instant.EPOCH;

    /** What becomes of a request. */
    enum Verdict {
        ADMITTED,
        LOGIN_MISSING,
        TOO_MANY
    }

    /** @param passwords knows whether a text is the password */
    Gate(Predicate<String> passwords, Clock clock) {
        this.passwords = passwords;
        this.clock = clock;
    }

    /** @param authorization the header; may be null */
    synchronized Verdict judge(String authorization, String address) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd) || now.plus(WINDOW).isBefore(windowEnd) || failures.size() > ADDRESSES) {
            failures.clear();
            windowEnd = now.plus(WINDOW);
        }
        if (failures.getOrDefault(address, 0) >= FREE) {
            return Verdict.TOO_MANY;
        }
        if (passwords.test(password(String.valueOf(authorization)))) {
            return Verdict.ADMITTED;
        }
        failures.merge(address, 1, Integer::sum);
        return Verdict.LOGIN_MISSING;
    }

    private static String password(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return "";
        }
        try {
            byte[] both = Base64.getDecoder().decode(header.substring(6).trim());
            String text = new String(both, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return ""; // no password
        }
    }
}
