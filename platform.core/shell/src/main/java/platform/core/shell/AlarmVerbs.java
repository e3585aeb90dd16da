package platform.core.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.AlarmInfo;
import platform.core.api.Alarms;
import platform.core.api.PlatformException;

/** What can be done with the alarms. */
final class AlarmVerbs {

    private final CommandConsole console;
    private final Alarms alarms;

    AlarmVerbs(CommandConsole console, Alarms alarms) {
        this.console = console;
        this.alarms = alarms;
    }

    @Command(
            name = "alarm:list",
            description = "List what somebody should act on, the worst first.",
            footer = "%nExample: alarm:list --history")
    void list(
            @Option(names = "--history", description = "Those that are over, the last cleared first.") boolean history,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many of the history. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin Output output) {
        if (limit < 0) {
            throw new UsageException("alarm:list: --limit " + limit + " is negative. Give a number from 0.");
        }
        List<AlarmInfo> found = history ? alarms.history(limit) : alarms.active();
        Table table = history
                ? new Table("ALARM", "SEVERITY", "FIRST", "CLEARED", "COUNT", "TEXT")
                : new Table("ALARM", "SEVERITY", "FIRST", "LAST", "COUNT", "TEXT", "FIX");
        found.forEach(alarm -> row(table, alarm, history));
        output.list(console, found.stream().map(AlarmVerbs::json).toList(), table);
    }

    private static void row(Table table, AlarmInfo it, boolean history) {
        if (history) {
            table.row(it.id(), it.severity(), it.first(), cleared(it), it.count(), it.text());
        } else {
            table.row(it.id(), it.severity(), it.first(), it.last(), it.count(), it.text(), it.fix());
        }
    }

    private static String cleared(AlarmInfo alarm) {
        return alarm.cleared().map(Instant::toString).orElse("");
    }

    private static JsonElement json(AlarmInfo alarm) {
        JsonObject json = new JsonObject();
        json.addProperty("id", alarm.id());
        Json.tree(alarm).getAsJsonObject().asMap().forEach(json::add);
        return json;
    }

    @Command(
            name = "alarm:clear",
            description = "Clear an alarm; it comes back if its reason is still there.",
            footer = "%nExample: alarm:clear acme@example.com/quota-exceeded")
    void clear(
            @Parameters(paramLabel = "ALARM", description = "The alarm, as alarm:list shows it.") String id,
            @Mixin Output output) {
        int slash = id.indexOf('/');
        if (slash < 0) {
            throw new UsageException(
                    "alarm:clear: " + Table.quoted(id) + " is no alarm. Use source/code, as alarm:list" + " shows it.");
        }
        if (!alarms.clear(id.substring(0, slash), id.substring(slash + 1))) {
            throw PlatformException.notFound("There is no active alarm " + Table.quoted(id) + ". See alarm:list.");
        }
        JsonObject json = new JsonObject();
        json.addProperty("cleared", id);
        output.text(console, json, "Cleared " + Table.visible(id) + ".");
    }
}
