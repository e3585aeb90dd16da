package platform.backup.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a schedule.
 *
 * @param due when it should have begun
 * @param started when it began; empty when it was missed
 * @param ended when it was over; empty while it runs
 * @param outcome how; {@code COMPLETE} only when every backup of it is
 * @param complete how many of its backups are complete
 * @param total how many there should be
 */
public record ScheduleRun(
        Instant due, Optional<Instant> started, Optional<Instant> ended, RunOutcome outcome, int complete, int total) {}
