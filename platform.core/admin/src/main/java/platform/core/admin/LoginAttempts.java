package platform.core.admin;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that have gone to the identity provider and not come back. Each is good for one answer within ten minutes, to the
 * browser that has begun it: it holds a cookie that nobody else knows.
 */
final class LoginAttempts {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int REMEMBERED = 1000;

    private final Clock clock;
    private final Map<String, LoginAttempt> byState = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoginAttempt> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    synchronized LoginAttempt begin(String page) {
        LoginAttempt attempt = new LoginAttempt(random(), random(), random(), random(), page, clock.instant());
        byState.put(attempt.state(), attempt);
        return attempt;
    }

    /** The one that is answered, which is over with this; empty when there is none, or it was another browser's. */
    synchronized Optional<LoginAttempt> end(String state, String browser) {
        return Optional.ofNullable(byState.remove(state))
                .filter(it -> it.browser().equals(browser))
                .filter(it -> clock.instant().isBefore(it.begun().plus(LIFETIME)));
    }

    /** 256 bits, as RFC 7636 wants its verifier. */
    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
