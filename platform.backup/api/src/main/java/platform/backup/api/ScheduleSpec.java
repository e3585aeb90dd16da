package platform.backup.api;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When what is backed up where to.
 *
 * @param name 1 to 40 lower-case letters, digits and {@code -}
 * @param instances what: {@code all}, which is the manager, too, {@code domain:example.com}, {@code app:files},
 *     {@code acme@example.com}, {@code manager}
 * @param exclude what not, in the same form but {@code all}; it wins
 * @param targets where to: names of targets, or absolute paths of folders; a backup goes to each of them
 * @param cron when: minute, hour, day of month, month, day of week
 * @param zone where that is meant
 * @param window how long after its time a backup may begin; zero for as soon as can be, without an end
 * @param cut whether a backup that runs past the window is cut off; if not, it is let end
 * @param makeUp whether a missed run is made up for as soon as can be
 * @param retention which backups are kept
 * @param rolling how many file names are used in turn instead of the time, as {@code #bn} of the command file does; zero for none
 * @param oldest how old the newest complete backup of an instance may be; empty for what the cron expression says
 * @param drill when the newest backups of all of that are proved on each target, a cron expression; empty for never
 */
public record ScheduleSpec(
        String name,
        List<String> instances,
        List<String> exclude,
        List<String> targets,
        String cron,
        ZoneId zone,
        Duration window,
        boolean cut,
        boolean makeUp,
        Retention retention,
        int rolling,
        Optional<Duration> oldest,
        Optional<String> drill) {

    public ScheduleSpec {
        Objects.requireNonNull(name, "name");
        instances = List.copyOf(instances);
        exclude = List.copyOf(exclude);
        targets = List.copyOf(targets);
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(oldest, "oldest");
        Objects.requireNonNull(drill, "drill");
    }

    /** One that says nothing but its name: of all, at two o'clock each night, kept for ever; still without a target. */
    public static ScheduleSpec standard(String name) {
        return new ScheduleSpec(
                name,
                List.of("all"),
                List.of(),
                List.of(),
                "0 2 * * *",
                ZoneId.systemDefault(),
                Duration.ZERO,
                false,
                true,
                Retention.EVERYTHING,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
