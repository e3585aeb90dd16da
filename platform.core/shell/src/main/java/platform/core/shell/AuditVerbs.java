package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.Audit;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;
import platform.core.api.AuditEvent;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** Who did what. */
final class AuditVerbs {

    private final CommandConsole console;
    private final Audit audit;

    AuditVerbs(CommandConsole console, Audit audit) {
        this.console = console;
        this.audit = audit;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "audit:list",
            description = "List who did what, from where, and what came of it, the newest first.",
            footer = {
                "%nWhat was refused is there, too; what is only 'begun' runs still, or was cut off.",
                "%nExamples:",
                "  audit:list --since 7d",
                "  audit:list acme@example.com -o json"
            })
    void list(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "WORD",
                            defaultValue = "",
                            description = "Only what has it in the user, the command, its arguments or its target.")
                    String word,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            defaultValue = "30d",
                            description = "How far back: 7d, 12h. Default: ${DEFAULT-VALUE}.")
                    Duration since,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin Output output) {
        if (limit < 1) {
            throw new UsageException("audit:list: --limit " + limit + " shows nothing. Give a number from 1.");
        }
        List<AuditEntry> found = audit.list(Instant.now().minus(since), limit, word);
        Table table = new Table("NUMBER", "AT", "USER", "FROM", "COMMAND", "TARGET", "ARGUMENTS", "RESULT");
        found.forEach(it -> table.row(
                it.number(),
                it.at(),
                it.event().caller().user(),
                it.event().caller().origin() + " " + it.event().caller().from(),
                it.event().action(),
                target(it.event()),
                it.event().arguments(),
                it.result()));
        output.list(console, found.stream().map(AuditVerbs::json).toList(), table);
    }

    /** Where it says more than the arguments. */
    private static String target(AuditEvent event) {
        return event.arguments().contains(event.target()) ? "" : event.target();
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "audit:verify",
            description = "Compute the chain of hashes anew: is an entry changed, missing, or in the place of another?",
            footer = {
                "%nIt cannot find out what somebody has changed who could write both the database and secrets/: export"
                        + " the entries to another machine from time to time.",
                "%nExample: audit:verify"
            })
    void verify(@Mixin Output output) {
        AuditCheck check = audit.verify();
        String entries = "Entries " + check.first() + " to " + check.last();
        String beginning = check.beginning().isEmpty() ? "" : "\n" + check.beginning();
        if (check.findings().isEmpty()) {
            output.text(console, check, entries + " are whole." + beginning);
            return;
        }
        output.text(console, check, entries + ":\n" + String.join("\n", check.findings()) + beginning);
        throw PlatformException.failed(
                "The audit is not whole. Compare it with what was exported, and with a backup of the manager.", null);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "audit:export",
            description = "Print all entries as they are kept, as JSON, one in a line, the oldest first.",
            footer = "%nExample: ./platform shell audit:export --since 30d > audit.jsonl")
    void export(
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "How far back: 7d, 12h. Default: all.")
                    Duration since,
            @Mixin Output output) {
        Instant oldest = since == null ? Instant.EPOCH : Instant.now().minus(since);
        audit.export(oldest, entry -> console.println(Json.line(json(entry))));
    }

    private static JsonObject json(AuditEntry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("number", entry.number());
        json.addProperty("at", entry.at().toString());
        json.addProperty("user", entry.event().caller().user());
        json.addProperty("role", entry.event().caller().role().toString());
        json.addProperty("scope", entry.event().caller().scope().toString());
        json.addProperty("origin", entry.event().caller().origin().toString());
        json.addProperty("from", entry.event().caller().from());
        json.addProperty("action", entry.event().action());
        json.addProperty("arguments", entry.event().arguments());
        json.addProperty("target", entry.event().target());
        json.addProperty("result", entry.result());
        entry.ends().ifPresent(number -> json.addProperty("ends", number));
        json.addProperty("before", entry.before());
        json.addProperty("after", entry.after());
        json.addProperty("hash", entry.hash());
        return json;
    }
}
