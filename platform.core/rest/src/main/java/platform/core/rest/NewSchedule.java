package platform.core.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleSpec;

/** When what shall be backed up where to. */
@Schema(name = "NewBackupSchedule", description = "When what shall be backed up where to.")
record NewSchedule(
        @Schema(description = "all, domain:example.com, app:files, acme@example.com, manager. By default all.")
        List<String> instances,

        @Schema(description = "What not, in the same form.") List<String> exclude,

        @Schema(required = true, description = "Names of targets, or paths of folders.")
        List<String> targets,

        @Schema(description = "Minute, hour, day of month, month, day of week. By default 0 2 * * *.")
        String cron,

        @Schema(description = "By default the machine's.", examples = "Europe/Berlin")
        String zone,

        @Schema(
                description = "How long after its time a backup may begin; absent for without an end.",
                type = SchemaType.STRING,
                examples = "PT4H")
        Duration window,

        @Schema(description = "Whether a backup that runs past the window is cut off.")
        boolean cut,

        @Schema(description = "Whether a missed run is left out. By default it is made up for.")
        boolean skipMissed,

        @Schema(description = "Which backups are kept; absent for all.")
        Kept keep,

        @Schema(description = "How many file names are used in turn instead of the time; 0 for none.")
        int rolling,

        @Schema(
                description = "How old the newest complete backup may be; absent for two turns.",
                type = SchemaType.STRING,
                examples = "PT36H")
        Duration oldest,

        @Schema(description = "When the newest backups are proved, in the form of cron; absent for never.")
        String drill) {

    /** Which backups are kept: the newest of each. */
    @Schema(name = "BackupRetention", description = "Which backups are kept: the newest of each.")
    record Kept(int last, int daily, int weekly, int monthly) {

        static Kept of(Retention retention) {
            return new Kept(retention.last(), retention.daily(), retention.weekly(), retention.monthly());
        }

        Retention retention() {
            return new Retention(last, daily, weekly, monthly);
        }
    }

    ScheduleSpec spec(String name) {
        return new ScheduleSpec(
                name,
                instances == null ? List.of("all") : Required.elements("instances", instances),
                Required.elements("exclude", exclude),
                Required.elements("targets", Required.property("targets", targets)),
                cron == null ? "0 2 * * *" : cron,
                zone == null ? ZoneId.systemDefault() : parse(zone),
                window == null ? Duration.ZERO : window,
                cut,
                !skipMissed,
                keep == null ? Retention.EVERYTHING : keep.retention(),
                rolling,
                Optional.ofNullable(oldest),
                Optional.ofNullable(drill));
    }

    private static ZoneId parse(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw ProblemException.invalid("The property 'zone' is no time zone. Give one such as Europe/Berlin.");
        }
    }
}
