package platform.backup.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as it is now.
 *
 * @param spec what it says
 * @param next when it is due for the next time; empty for never
 * @param running whether it is at it
 * @param lastRun its last run; empty when there was none
 * @param backups the latest backup of each instance
 */
public record ScheduleInfo(
        ScheduleSpec spec,
        Optional<Instant> next,
        boolean running,
        Optional<ScheduleRun> lastRun,
        List<ScheduledBackup> backups) {

    public ScheduleInfo {
        backups = List.copyOf(backups);
    }
}
