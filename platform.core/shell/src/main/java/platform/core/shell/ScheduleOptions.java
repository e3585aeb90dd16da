package platform.core.shell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleSpec;

/** The options of {@code backup:schedule} that say what a schedule is; what is left out stays as it is. */
final class ScheduleOptions {

    @Option(
            names = "--instances",
            paramLabel = "WHAT",
            split = ",",
            description =
                    "all (the manager, too), manager, domain:example.com, app:files, acme@example.com; several with"
                            + " commas. Default: all.")
    private List<String> instances;

    @Option(
            names = "--exclude",
            paramLabel = "WHAT",
            split = ",",
            description = "What not, in the same form; none for nothing. An instance with the setting"
                    + " backup.exclude=true is never backed up by a schedule.")
    private List<String> exclude;

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            split = ",",
            description = "Where to: targets by name, or folders from / on; several with commas. Needed to add.")
    private List<String> targets;

    @Option(
            names = "--cron",
            paramLabel = "CRON",
            description = "When: minute, hour, day of month, month, day of week. Default: '0 2 * * *'.")
    private String cron;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = Zone.class,
            description = "Where that is meant: Europe/Berlin, UTC. Default: the machine's zone.")
    private ZoneId zone;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = Converters.TimeOrNone.class,
            description = "How long after its time a backup may begin: 4h, 90m; none for without an end.")
    private Duration window;

    @Option(
            names = "--overrun",
            paramLabel = "end|cut",
            description = "What happens to a backup that runs past the window. Default: end, it is let end.")
    private String overrun;

    @Option(
            names = "--missed",
            paramLabel = "run|skip",
            description = "Whether a missed run is made up for as soon as can be. Default: run.")
    private String missed;

    @Option(
            names = "--keep",
            paramLabel = "RULE=N",
            split = ",",
            description = "Which backups are kept: last=3,daily=7,weekly=4,monthly=12, the newest of each; all=0 for"
                    + " every one. Default: every one.")
    private Map<String, Integer> keep;

    @Option(
            names = "--rolling",
            paramLabel = "N",
            description = "Use N file names in turn instead of the time, and keep nothing else; 0 for the time.")
    private Integer rolling;

    @Option(
            names = "--oldest",
            paramLabel = "TIME",
            converter = Converters.TimeOrNone.class,
            description =
                    "How old the newest complete backup may be before that is an alarm: 36h; none for two turns of"
                            + " the schedule.")
    private Duration oldest;

    @Option(
            names = "--drill",
            paramLabel = "CRON",
            description =
                    "When the newest backup of each instance is proved on each target, by its app, too: '0 6 * * 0' is"
                            + " Sundays at 6; none for never. Default: never.")
    private String drill;

    /** A schedule with what was said, and defaults. */
    ScheduleSpec spec(String name) {
        return changed(ScheduleSpec.standard(name));
    }

    /** That schedule with what was said. */
    ScheduleSpec changed(ScheduleSpec it) {
        return new ScheduleSpec(
                it.name(),
                or(instances, it.instances()),
                List.of("none").equals(exclude) ? List.of() : or(exclude, it.exclude()),
                or(targets, it.targets()),
                or(cron, it.cron()),
                or(zone, it.zone()),
                or(window, it.window()),
                is("--overrun", overrun, "cut", "end", it.cut()),
                is("--missed", missed, "run", "skip", it.makeUp()),
                keep == null ? it.retention() : retention(),
                or(rolling, it.rolling()),
                oldest == null ? it.oldest() : Optional.of(oldest).filter(age -> !age.isZero()),
                drill == null ? it.drill() : Optional.of(drill).filter(cron -> !cron.equals("none")));
    }

    /** Whether nothing was said. */
    boolean isEmpty() {
        return Stream.of(instances, exclude, targets, cron, zone, window, overrun, missed, keep, rolling, oldest, drill)
                .allMatch(Objects::isNull);
    }

    private static <T> T or(T said, T otherwise) {
        return said == null ? otherwise : said;
    }

    private static boolean is(String option, String said, String yes, String no, boolean otherwise) {
        if (said != null && !said.equals(yes) && !said.equals(no)) {
            throw new UsageException(
                    "backup:schedule: " + option + " is " + yes + " or " + no + ", not " + Table.quoted(said) + ".");
        }
        return said == null ? otherwise : said.equals(yes);
    }

    private Retention retention() {
        Map<String, Integer> left = new LinkedHashMap<>(keep);
        left.remove("all");
        Retention retention =
                new Retention(take(left, "last"), take(left, "daily"), take(left, "weekly"), take(left, "monthly"));
        if (!left.isEmpty()) {
            throw new UsageException("backup:schedule: --keep knows last, daily, weekly, monthly and all=0, not "
                    + Table.quoted(left.keySet().iterator().next()) + ".");
        }
        return retention;
    }

    private static int take(Map<String, Integer> numbers, String key) {
        Integer number = numbers.remove(key);
        return number == null ? 0 : number;
    }

    /** Reads a time zone. */
    static final class Zone implements ITypeConverter<ZoneId> {

        @Override
        public ZoneId convert(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + value + "' is no time zone: give one such as Europe/Berlin");
            }
        }
    }
}
