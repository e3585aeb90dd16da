package platform.core.shell;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.PointInTime;
import platform.backup.api.RestoreResult;
import platform.backup.api.TimeRestorePlan;
import platform.backup.api.TimeRestoreRequest;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.TimeSpan;

/** Restores instances to an earlier time. */
final class TimeRestoreVerbs {

    private final CommandConsole console;
    private final PointInTime archive;
    private final Clock clock;

    TimeRestoreVerbs(CommandConsole console, PointInTime archive, Clock clock) {
        this.console = console;
        this.archive = archive;
        this.clock = clock;
    }

    @Needs(
            value = Role.OPERATOR,
            administratorFor = {"--as"})
    @Command(
            name = "instance:restore",
            description = "Restore the data of an instance as they were at any moment that was archived.",
            footer = {
                "%nThe instance goes on until its former data are there, complete. Then it gets them, and what it has now is"
                        + " kept for a day. Its settings stay. backup:archive status shows to when one can restore.",
                "%nExamples:",
                "  instance:restore acme@example.com --to 2026-11-27T08:30:00Z --plan",
                "  instance:restore acme@example.com --to 2026-11-27T09:30:00+01:00",
                "  instance:restore acme@example.com --to -2h --as before@example.com"
            })
    void restore(
            @Parameters(paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Option(
                            names = "--to",
                            paramLabel = "TIME",
                            required = true,
                            description = "The time, with its zone: 2026-11-27T08:30:00Z; or how long ago: -2h, -90s.")
                    String to,
            @Option(names = "--as", paramLabel = "INSTANCE", description = "Make a new instance of it: name@domain.")
                    String as,
            @Option(names = "--plan", description = "Only say what would be done and what it needs.") boolean planOnly,
            @Option(
                            names = {"-y", "--yes"},
                            description = "On a terminal: do not ask before something is replaced.")
                    boolean yes,
            @Mixin Output output) {
        TimeRestoreRequest request = new TimeRestoreRequest(id, time(to), Optional.ofNullable(as));
        TimeRestorePlan plan = BackupVerbs.work(() -> archive.plan(request));
        if (planOnly) {
            output.fields(console, plan, fields(plan));
            return;
        }
        output.message(console, Output.rows(fields(plan)));
        console.confirm(yes || !plan.exists(), "Replace the data that " + plan.instance() + " has now?");
        RestoreResult result =
                BackupVerbs.work(() -> archive.restore(request, BackupVerbs.progress(console, output, "")));
        output.text(console, Json.tree(result), BackupVerbs.text(result));
    }

    private Instant time(String text) {
        try {
            if (text.startsWith("-")) {
                return clock.instant().minus(TimeSpan.parse(text.substring(1)));
            }
            return text.endsWith("]")
                    ? ZonedDateTime.parse(text).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | PlatformException e) {
            throw new UsageException("instance:restore: " + Table.quoted(text)
                    + " is no time. Give one with its zone, 2026-11-27T08:30:00Z or 2026-11-27T09:30:00+01:00, or how long"
                    + " ago it was: -2h.");
        }
    }

    private static Map<String, Object> fields(TimeRestorePlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "Restores", plan.instance() + (plan.exists() ? ", in place of what it has now" : ", a new instance"));
        fields.put("To", plan.to());
        fields.put("From", plan.target() + ", with the base backup of " + plan.base());
        fields.put("Fetches", DatabaseText.bytes(plan.bytesToFetch()));
        fields.put(
                "Needs",
                DatabaseText.bytes(plan.bytesNeeded()) + " meanwhile; free are "
                        + DatabaseText.bytes(plan.bytesFree()));
        return fields;
    }
}
