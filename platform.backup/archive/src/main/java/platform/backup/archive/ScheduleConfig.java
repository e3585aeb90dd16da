package platform.backup.archive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A schedule, in {@code etc/platform.backup.Schedule-NAME.cfg}; taken over at once. */
@ObjectClassDefinition(name = "Backup: schedule", description = "When what is backed up where to")
public @interface ScheduleConfig {

    @AttributeDefinition(
            name = "Instances",
            description = "all, domain:example.com, app:files, acme@example.com, manager; separated by commas")
    String instances() default "all";

    @AttributeDefinition(name = "Exclude", description = "What not, in the same form; it wins")
    String exclude() default "";

    @AttributeDefinition(
            name = "Targets",
            description = "Where to, separated by commas: names of targets, or absolute paths of folders")
    String targets() default "";

    @AttributeDefinition(
            name = "Cron",
            description = "When: minute, hour, day of month, month, day of week, such as 0 2 * * *")
    String cron() default "0 2 * * *";

    @AttributeDefinition(
            name = "Zone",
            description = "The time zone that this is meant in, such as Europe/Berlin; empty for the machine's")
    String zone() default "";

    @AttributeDefinition(
            name = "Window",
            description = "How long after its time a backup may begin, such as 4h or 90m; empty for without an end")
    String window() default "";

    @AttributeDefinition(
            name = "Overrun",
            description = "What happens to a backup that runs past the window: end lets it end, cut cuts it off")
    String overrun() default "end";

    @AttributeDefinition(
            name = "Missed",
            description = "What happens to a run that was missed: run makes up for it as soon as can be, skip does not")
    String missed() default "run";

    @AttributeDefinition(
            name = "Keep: last",
            description = "How many of the last backups are kept",
            min = "0",
            max = "10000")
    int keep_last() default 0;

    @AttributeDefinition(
            name = "Keep: daily",
            description = "Of how many days the newest backup is kept",
            min = "0",
            max = "10000")
    int keep_daily() default 0;

    @AttributeDefinition(
            name = "Keep: weekly",
            description = "Of how many weeks the newest backup is kept",
            min = "0",
            max = "10000")
    int keep_weekly() default 0;

    @AttributeDefinition(
            name = "Keep: monthly",
            description = "Of how many months the newest backup is kept",
            min = "0",
            max = "10000")
    int keep_monthly() default 0;

    @AttributeDefinition(
            name = "Rolling",
            description = "How many file names are used in turn instead of the time; 0 for the time",
            min = "0",
            max = "1000")
    int rolling() default 0;

    @AttributeDefinition(
            name = "Oldest",
            description = "How old the newest complete backup may be, such as 36h; empty for two turns of the schedule")
    String oldest() default "";

    @AttributeDefinition(
            name = "Drill",
            description =
                    "When the newest backup of each instance is proved on each target, as cron says it; empty for never")
    String drill() default "";
}
