package platform.core.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.Alarms;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What can be done with the alarms. */
final class AlarmVerbs {

    private final CommandConsole console;
    private final Alarms alarms;
    private final AlarmFix fix;

    AlarmVerbs(CommandConsole console, Alarms alarms, AlarmFix fix) {
        this.console = console;
        this.alarms = alarms;
        this.fix = fix;
    }

    /** Which alarms are meant. */
    static final class Filter implements Predicate<AlarmInfo> {

        @Option(
                names = "--source",
                paramLabel = "SOURCE",
                description = "Those of this source: platform, acme@example.com.")
        private String source;

        @Option(
                names = "--severity",
                paramLabel = "SEVERITY",
                converter = Converters.Severity.class,
                description = "Those that are at least so bad: warning, minor, major or critical.")
        private AlarmSeverity severity = AlarmSeverity.WARNING;

        @Override
        public boolean test(AlarmInfo alarm) {
            return (source == null || alarm.source().equals(source))
                    && alarm.severity().compareTo(severity) >= 0;
        }
    }

    @Needs(value = Role.VIEWER, filtered = true)
    @Command(
            name = "alarm:list",
            description = "List what somebody should act on, the worst first.",
            footer = "%nExample: alarm:list --severity major")
    void list(@Mixin Filter filter, @Mixin Output output) {
        List<AlarmInfo> found = alarms.active().stream()
                .filter(filter)
                .filter(it -> console.shows(it.source()))
                .toList();
        Table table = new Table("ALARM", "SEVERITY", "FIRST", "LAST", "COUNT", "ACK", "TEXT", "FIX");
        found.forEach(it -> table.row(
                it.id(), it.severity(), it.first(), it.last(), it.count(), by(it), it.text(), AlarmFix.text(it)));
        output.list(console, found.stream().map(AlarmVerbs::json).toList(), table);
    }

    @Needs(value = Role.VIEWER, filtered = true)
    @Command(
            name = "alarm:history",
            description = "List the alarms that are over, the last cleared first.",
            footer = "%nExample: alarm:history --since 7d --source platform")
    void history(
            @Mixin Filter filter,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "Those that ended in this time: 7d, 12h.")
                    Duration since,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin Output output) {
        if (limit < 0) {
            throw new UsageException("alarm:history: --limit " + limit + " is negative. Give a number from 0.");
        }
        Instant oldest = since == null ? Instant.MIN : Instant.now().minus(since);
        List<AlarmInfo> found = alarms.history(Integer.MAX_VALUE).stream()
                .filter(filter)
                .filter(it -> console.shows(it.source()))
                .filter(it -> !it.cleared().orElse(Instant.MAX).isBefore(oldest))
                .limit(limit)
                .toList();
        Table table = new Table("ALARM", "SEVERITY", "FIRST", "CLEARED", "COUNT", "ACK", "TEXT");
        found.forEach(it -> table.row(it.id(), it.severity(), it.first(), cleared(it), it.count(), by(it), it.text()));
        output.list(console, found.stream().map(AlarmVerbs::json).toList(), table);
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "alarm:info",
            description = "Show all that is known about an active alarm: its cause, and what helps.",
            footer = "%nExample: alarm:info platform/disk-full")
    void info(
            @Parameters(paramLabel = "ALARM", description = "The alarm, as alarm:list shows it.") String id,
            @Mixin Output output) {
        AlarmInfo alarm = find(id);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Alarm", alarm.id());
        fields.put("Severity", alarm.severity());
        fields.put("Text", alarm.text());
        fields.put("Cause", alarm.cause());
        fields.put("First", alarm.first());
        fields.put("Last", alarm.last());
        fields.put("Count", alarm.count());
        fields.put(
                "Acknowledged",
                alarm.acknowledged().map(it -> it.at() + " by " + it.by()).orElse(""));
        fields.put("Fix", AlarmFix.text(alarm));
        fields.put("To run it", AlarmFix.isRunnable(alarm) ? "alarm:fix " + alarm.id() : "");
        output.fields(console, json(alarm), fields);
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "alarm:fix",
            description = "Run the fix of an alarm, if it can do no harm; others are only shown.",
            footer = {
                "%nThe alarm itself stays until its reason is gone.",
                "%nExample: alarm:fix acme@example.com/database-size"
            })
    void fix(
            @Parameters(paramLabel = "ALARM", description = "The alarm, as alarm:list shows it.") String id,
            @Mixin Output output)
            throws Exception {
        AlarmInfo alarm = find(id);
        if (AlarmFix.isRunnable(alarm)) {
            output.message(console, "Running " + Table.visible(AlarmFix.text(alarm)));
        }
        fix.run(alarm);
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "alarm:ack",
            description = "Acknowledge an alarm: you deal with it. Others see that, until it gets worse.",
            footer = "%nExample: alarm:ack platform/disk-full")
    void acknowledge(
            @Parameters(paramLabel = "ALARM", description = "The alarm, as alarm:list shows it.") String id,
            @Mixin Output output) {
        change(id, "acknowledged", output, (source, code) -> alarms.acknowledge(source, code, console.user()));
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "alarm:clear",
            description = "Clear an alarm; it comes back if its reason is still there.",
            footer = "%nExample: alarm:clear acme@example.com/quota-exceeded")
    void clear(
            @Parameters(paramLabel = "ALARM", description = "The alarm, as alarm:list shows it.") String id,
            @Mixin Output output) {
        change(id, "cleared", output, alarms::clear);
    }

    private interface Change {
        boolean make(String source, String code);
    }

    private void change(String id, String done, Output output, Change change) {
        AlarmInfo alarm = find(id);
        if (!change.make(alarm.source(), alarm.code())) {
            throw missing(id);
        }
        JsonObject json = new JsonObject();
        json.addProperty(done, id);
        output.text(console, json, Character.toUpperCase(done.charAt(0)) + done.substring(1) + " " + id + ".");
    }

    private AlarmInfo find(String id) {
        if (id.indexOf('/') < 0) {
            throw new UsageException(Table.quoted(id) + " is no alarm. Use source/code, as alarm:list shows it.");
        }
        return alarms.active().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing(id));
    }

    private static PlatformException missing(String id) {
        return PlatformException.notFound("There is no active alarm " + Table.quoted(id) + ". See alarm:list.");
    }

    private static String by(AlarmInfo alarm) {
        return alarm.acknowledged().map(it -> it.by()).orElse("");
    }

    private static String cleared(AlarmInfo alarm) {
        return alarm.cleared().map(Instant::toString).orElse("");
    }

    private static JsonElement json(AlarmInfo alarm) {
        JsonObject json = new JsonObject();
        json.addProperty("id", alarm.id());
        Json.tree(alarm).getAsJsonObject().asMap().forEach(json::add);
        json.addProperty("runnable", AlarmFix.isRunnable(alarm));
        return json;
    }
}
