package platform.core.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ID tokens that sessions were opened with, by the sessions' secrets: a provider is told by it whose session there shall end. */
final class ProviderSessions {

    /** No session lasts longer. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Clock clock;
    private final Map<String, Opened> sessions = new HashMap<>();

    ProviderSessions(Clock clock) {
        this.clock = clock;
    }

    private record Opened(String idToken, Instant end) {}

    synchronized void opened(String session, String idToken) {
        Instant now = clock.instant();
        sessions.values().removeIf(it -> it.end().isBefore(now));
        sessions.put(session, new Opened(idToken, now.plus(LONGEST)));
    }

    /** The ID token, once. */
    synchronized Optional<String> closed(String session) {
        return Optional.ofNullable(sessions.remove(session)).map(Opened::idToken);
    }
}
