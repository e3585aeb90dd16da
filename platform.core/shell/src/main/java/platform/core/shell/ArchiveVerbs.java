package platform.core.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.ArchiveRange;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.ArchiveStatus;
import platform.backup.api.PointInTime;
import platform.core.api.Role;

/** What can be done with continuous archiving. */
final class ArchiveVerbs {

    static final List<String> ACTIONS = List.of("on", "off", "status", "remove");

    private static final Duration USUAL_EVERY = Duration.ofDays(1);
    private static final Duration USUAL_KEEP = Duration.ofDays(7);

    private final CommandConsole console;
    private final PointInTime archive;

    ArchiveVerbs(CommandConsole console, PointInTime archive) {
        this.console = console;
        this.archive = archive;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "backup:archive",
            description = "Archive all that is written, continuously, so that instance:restore gets to any moment.",
            footer = {
                "%nAn encrypted copy of the database server goes to the target each day, and what is written each minute."
                        + " It takes as much room there as is written within the time that it is kept.",
                "%noff keeps what is there as long as --keep says; remove removes at once what was archived before a gap, before"
                        + " another target, or before it was switched off.",
                "%nExamples:",
                "  backup:archive on --to nas",
                "  backup:archive on --to /mnt/archive --every 24h --keep 7d",
                "  backup:archive status",
                "  backup:archive off",
                "  backup:archive remove"
            })
    void archive(
            @Parameters(paramLabel = "ACTION", description = "on, off, status or remove.") String action,
            @Option(
                            names = "--to",
                            paramLabel = "TARGET",
                            description = "Where to: a target by name, or a folder from / on. Needed for on.")
                    String to,
            @Option(
                            names = "--every",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "How often the whole server is copied: 24h. Default: as it is, or 24h.")
                    Duration every,
            @Option(
                            names = "--keep",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "How far back one can restore: 7d. Default: as it is, or 7d.")
                    Duration keep,
            @Option(
                            names = {"-y", "--yes"},
                            description = "With remove: do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        if (!action.equals("on") && Stream.of(to, every, keep).anyMatch(Objects::nonNull)) {
            throw new UsageException("backup:archive: --to, --every and --keep go with on.");
        }
        switch (action) {
            case "on" -> on(to, every, keep, output);
            case "off" -> show(ScheduleVerbs.whole(archive::off), output);
            case "remove" -> remove(yes, output);
            case "status" -> show(archive.status(), output);
            default ->
                throw new UsageException("backup:archive: " + Table.quoted(action) + " is no action. Use "
                        + String.join(", ", ACTIONS) + ".");
        }
    }

    private void on(String to, Duration every, Duration keep, Output output) {
        if (to == null) {
            throw new UsageException("backup:archive: Missing required option: '--to=TARGET'. Try --help");
        }
        ArchiveSetup known = archive.status().setup().orElse(new ArchiveSetup(to, USUAL_EVERY, USUAL_KEEP));
        ArchiveSetup setup = new ArchiveSetup(
                to, Objects.requireNonNullElse(every, known.every()), Objects.requireNonNullElse(keep, known.keep()));
        show(ScheduleVerbs.whole(() -> archive.on(setup)), output);
    }

    private void remove(boolean yes, Output output) {
        String question = "Nothing can be restored any more to a time of the archives that have ended. Remove them?";
        if (!yes && !console.interactive()) {
            throw new UsageException("backup:archive: " + question
                    + " Give --yes if that is meant; there is no terminal" + " to ask on.");
        }
        console.confirm(yes, question);
        show(ScheduleVerbs.whole(archive::removeEnded), output);
    }

    private void show(ArchiveStatus status, Output output) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Archiving", status.setup().map(it -> "to " + it.target()).orElse("off"));
        status.setup().ifPresent(it -> {
            fields.put("Base backup", "every " + ScheduleVerbs.span(it.every()));
            fields.put("Kept", ScheduleVerbs.span(it.keep()));
        });
        fields.put("Doing", status.doing());
        fields.put("Waiting", status.waiting() == 0 ? "" : status.waiting() + " segments of 16 MB");
        fields.put("Problem", status.problem());
        fields.put("Restorable", status.ranges().isEmpty() ? "nothing yet: that takes a base backup" : "");
        Table table = new Table("FROM", "UNTIL", "TARGET", "BASES", "ENDED");
        status.ranges().forEach(it -> row(table, it));
        String text = Output.rows(fields);
        output.text(console, status, status.ranges().isEmpty() ? text : text + "\n\n" + table.text());
    }

    private static void row(Table table, ArchiveRange range) {
        table.row(seconds(range.from()), seconds(range.until()), range.target(), range.bases(), range.end());
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
