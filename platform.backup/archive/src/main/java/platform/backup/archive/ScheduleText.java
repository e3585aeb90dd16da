package platform.backup.archive;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import platform.backup.api.BackupException;
import platform.backup.api.Retention;
import platform.backup.api.ScheduleSpec;

/** Schedules as settings, there and back, and what they may say. */
final class ScheduleText {

    /** What stands for the command file where schedules have their names. */
    static final String COMMAND_FILE = "command-file";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern WORD = Pattern.compile("[^\\s,\\p{Cntrl}$\\\\]{1,300}");
    private static final Pattern PATTERN = Pattern.compile("all|manager|domain:[^:@]+|app:[^:@]+|[^:@]+@[^:@]+");
    private static final Duration LONGEST = Duration.ofDays(3660);

    private ScheduleText() {}

    /** @throws BackupException when a value has not its form */
    static ScheduleSpec read(String name, ScheduleConfig config) {
        return checked(new ScheduleSpec(
                name,
                words(config.instances()),
                words(config.exclude()),
                words(config.targets()),
                config.cron().strip(),
                zone(config.zone().strip()),
                config.window().isBlank()
                        ? Duration.ZERO
                        : TimeText.parse("The window", config.window().strip()),
                choice("overrun", config.overrun().strip(), "cut", "end"),
                choice("missed", config.missed().strip(), "run", "skip"),
                new Retention(config.keep_last(), config.keep_daily(), config.keep_weekly(), config.keep_monthly()),
                config.rolling(),
                Optional.of(config.oldest().strip())
                        .filter(it -> !it.isEmpty())
                        .map(it -> TimeText.parse("The age", it)),
                Optional.of(config.drill().strip()).filter(it -> !it.isEmpty())));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    static ZoneId zone(String text) {
        try {
            return text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new BackupException(
                    "The time zone '" + text + "' is unknown. Give one such as Europe/Berlin or UTC.", e);
        }
    }

    private static boolean choice(String key, String text, String yes, String no) {
        if (!text.equals(yes) && !text.equals(no)) {
            throw new BackupException(key + " is '" + text + "'. Give " + yes + " or " + no + ".");
        }
        return text.equals(yes);
    }

    /** @throws BackupException when it makes no sense */
    static ScheduleSpec checked(ScheduleSpec spec) {
        must(
                NAME.matcher(spec.name()).matches(),
                "The name '" + spec.name()
                        + "' is not allowed. Use 1 to 40 lower-case letters, digits and '-', such as nightly.");
        must(!spec.name().equals(COMMAND_FILE), "The name " + spec.name() + " is taken. Use another.");
        must(!spec.instances().isEmpty(), "The schedule names no instances. Give all, or some by name@domain.");
        must(!spec.targets().isEmpty(), "The schedule names no target. Give one, or the absolute path of a folder.");
        spec.instances().forEach(ScheduleText::checkPattern);
        spec.exclude().forEach(ScheduleText::checkPattern);
        spec.targets()
                .forEach(it -> must(
                        WORD.matcher(it).matches(),
                        "The target '" + it + "' is not allowed: no blanks, commas, $ or backslashes."));
        new CronTimes(spec.cron(), spec.zone());
        spec.drill().ifPresent(it -> new CronTimes(it, spec.zone()));
        checkNumbers(spec);
        return spec;
    }

    private static void checkPattern(String text) {
        must(
                WORD.matcher(text).matches() && PATTERN.matcher(text).matches(),
                "'" + text
                        + "' names no instances. Give all, domain:example.com, app:files, acme@example.com or manager.");
    }

    private static void checkNumbers(ScheduleSpec spec) {
        must(
                !spec.window().isNegative() && spec.window().compareTo(LONGEST) <= 0,
                "The window is not allowed. Give a time up to 3660d.");
        must(!spec.cut() || !spec.window().isZero(), "Without a window nothing can be cut off at its end. Give one.");
        must(
                spec.oldest()
                        .map(it -> it.compareTo(Duration.ZERO) > 0 && it.compareTo(LONGEST) <= 0)
                        .orElse(true),
                "The age is not allowed. Give a time up to 3660d.");
        must(spec.rolling() >= 0 && spec.rolling() <= 1000, "rolling is " + spec.rolling() + ". Give 0 to 1000.");
        must(
                spec.rolling() == 0 || spec.retention().isEverything(),
                "rolling and keep exclude each other: the number of names says how many backups there are. Give one.");
    }

    private static void must(boolean holds, String message) {
        if (!holds) {
            throw new BackupException(message);
        }
    }

    /** The settings that make this schedule. */
    static Map<String, String> settings(ScheduleSpec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("instances", String.join(", ", spec.instances()));
        settings.put("exclude", String.join(", ", spec.exclude()));
        settings.put("targets", String.join(", ", spec.targets()));
        settings.put("cron", spec.cron());
        settings.put("zone", spec.zone().getId());
        settings.put("window", spec.window().isZero() ? "" : TimeText.of(spec.window()));
        settings.put("overrun", spec.cut() ? "cut" : "end");
        settings.put("missed", spec.makeUp() ? "run" : "skip");
        settings.put("keep.last", String.valueOf(spec.retention().last()));
        settings.put("keep.daily", String.valueOf(spec.retention().daily()));
        settings.put("keep.weekly", String.valueOf(spec.retention().weekly()));
        settings.put("keep.monthly", String.valueOf(spec.retention().monthly()));
        settings.put("rolling", String.valueOf(spec.rolling()));
        settings.put("oldest", spec.oldest().map(TimeText::of).orElse(""));
        settings.put("drill", spec.drill().orElse(""));
        return settings;
    }
}
