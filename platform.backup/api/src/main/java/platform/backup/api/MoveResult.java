package platform.backup.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An instance was moved.
 *
 * @param as what it is called there
 * @param address where it is
 * @param rows how many rows its tables have
 * @param phases for what it served nobody, in that order, and how long
 * @param trouble why it does not run there, a sentence; empty when it does
 * @param keptUntil when what is left of it here is deleted
 */
public record MoveResult(
        String instance,
        String as,
        URI address,
        long rows,
        Duration took,
        Map<String, Duration> phases,
        String trouble,
        Instant keptUntil) {

    public MoveResult {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /** How long it served nobody. */
    public Duration paused() {
        return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
