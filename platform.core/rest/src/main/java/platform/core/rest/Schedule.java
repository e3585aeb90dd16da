package platform.core.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.ScheduleInfo;
import platform.backup.api.ScheduleRun;

/** When what is backed up where to. */
@Schema(name = "BackupSchedule", description = "When what is backed up where to.")
record Schedule(
        @Schema(required = true) String name,
        @Schema(required = true) List<String> instances,
        @Schema(required = true) List<String> exclude,
        @Schema(required = true) List<String> targets,
        @Schema(required = true) String cron,
        @Schema(required = true) String zone,

        @Schema(required = true, description = "PT0S for without an end.")
        String window,

        @Schema(required = true) boolean cut,
        @Schema(required = true) boolean skipMissed,
        @Schema(required = true) NewSchedule.Kept keep,
        @Schema(required = true) int rolling,

        @Schema(description = "Absent for two turns.") String oldest,

        @Schema(description = "Absent for never.") String drill,

        @Schema(description = "When it is due next; absent for never.")
        Instant next,

        @Schema(required = true) boolean running,

        @Schema(description = "When its last run was due; absent when there was none.")
        Instant lastDue,

        @Schema(description = "How that ended.") String lastOutcome) {

    static Schedule of(ScheduleInfo info) {
        return new Schedule(
                info.spec().name(),
                info.spec().instances(),
                info.spec().exclude(),
                info.spec().targets(),
                info.spec().cron(),
                info.spec().zone().getId(),
                info.spec().window().toString(),
                info.spec().cut(),
                !info.spec().makeUp(),
                NewSchedule.Kept.of(info.spec().retention()),
                info.spec().rolling(),
                info.spec().oldest().map(Duration::toString).orElse(null),
                info.spec().drill().orElse(null),
                info.next().orElse(null),
                info.running(),
                info.lastRun().map(ScheduleRun::due).orElse(null),
                info.lastRun().map(it -> it.outcome().name()).orElse(null));
    }
}
