package platform.backup.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * An instance was moved.
 *
 * @param as what it is called there
 * @param address where it is
 * @param rows how many rows its tables have
 * @param paused how long it served nobody
 * @param trouble why it does not run there, a sentence; empty when it does
 * @param keptUntil when what is left of it here is deleted
 */
public record MoveResult(
        String instance,
        String as,
        URI address,
        long rows,
        Duration took,
        Duration paused,
        String trouble,
        Instant keptUntil) {}
