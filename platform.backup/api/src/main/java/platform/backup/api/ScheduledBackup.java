package platform.backup.api;

import java.time.Instant;
import java.util.Optional;

/**
 * The latest backup of one instance by a schedule.
 *
 * @param instance {@code name@domain}, or {@code manager}
 * @param at when it ended; empty when there was none yet
 * @param outcome how
 * @param bytes how large it is on the first target; 0 when nothing is there
 * @param problem what went wrong, a sentence; empty when nothing did
 * @param lastComplete when the newest complete one ended
 */
public record ScheduledBackup(
        String instance,
        Optional<Instant> at,
        RunOutcome outcome,
        long bytes,
        String problem,
        Optional<Instant> lastComplete) {}
