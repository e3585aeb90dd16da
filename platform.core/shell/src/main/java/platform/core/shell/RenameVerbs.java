package platform.core.shell;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceInfo;
import platform.core.api.PlatformException;
import platform.core.api.RenamePlan;
import platform.core.api.RenameRequest;
import platform.core.api.Renaming;
import platform.core.api.Role;

/** Changes a name everywhere, after it has shown what that means. */
final class RenameVerbs {

    private static final String COMMAND = "platform:rename: ";

    private final CommandConsole console;
    private final Renaming renaming;

    RenameVerbs(CommandConsole console, Renaming renaming) {
        this.console = console;
        this.renaming = renaming;
    }

    /** What the old name is. */
    static final class KindOption {

        @Option(names = "--domain", description = "OLD is the domain of instances: name@OLD.")
        private boolean domain;

        @Option(names = "--host", description = "OLD is a host by which clients reach the platform: its DNS name.")
        private boolean host;

        @Option(names = "--undo", description = "Take back the last renaming.")
        private boolean undo;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "platform:rename",
            description = {
                "Change a domain, or the platform's DNS name, wherever it is used: all or nothing, and it can be undone.",
                "First shows what would change."
            },
            footer = {
                "%nExamples:",
                "  platform:rename example.com example.org --domain --dry-run",
                "  platform:rename apps.example.com apps.example.org --host --yes",
                "  platform:rename --undo"
            })
    void rename(
            @Parameters(paramLabel = "OLD", arity = "0..1", description = "The name as it is.") String oldName,
            @Parameters(paramLabel = "NEW", arity = "0..1", description = "The name as it shall be.") String newName,
            @ArgGroup(multiplicity = "1") KindOption kind,
            @Option(names = "--dry-run", description = "Show the plan, and change nothing.") boolean dryRun,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked.")
                    boolean yes,
            @Mixin Output output) {
        RenamePlan plan = plan(kind, oldName, newName);
        output.message(console, plan(plan));
        if (!plan.conflicts().isEmpty()) {
            throw PlatformException.conflict("Nothing was renamed. " + String.join(" ", plan.conflicts()));
        }
        if (dryRun) {
            output.text(console, Json.tree(plan), "Nothing was changed: this was a dry run.");
            return;
        }
        if (!yes) {
            confirm(plan);
        }
        apply(plan, output);
    }

    private RenamePlan plan(KindOption kind, String oldName, String newName) {
        if (kind.undo) {
            if (oldName != null) {
                throw new UsageException(COMMAND + "--undo takes no names: it takes back the last renaming.");
            }
            return renaming.planUndo();
        }
        if (newName == null) {
            throw new UsageException(COMMAND + "Give the old and the new name. Try platform:rename --help");
        }
        RenameRequest.Kind what = kind.domain ? RenameRequest.Kind.DOMAIN : RenameRequest.Kind.HOST;
        return renaming.plan(new RenameRequest(what, oldName, newName));
    }

    private String plan(RenamePlan plan) {
        Table table = new Table("INSTANCE", "CHANGE", "OLD", "NEW", "NOTE");
        plan.changes()
                .forEach(c -> table.row(
                        c.instance(), (c.kind() + " " + c.key()).strip(), c.oldValue(), c.newValue(), c.note()));
        StringBuilder text = new StringBuilder(what(plan)).append(", plan:\n");
        text.append(console.screen().map(table::text).orElseGet(table::text));
        plan.warnings().forEach(warning -> text.append("\nWarning: ").append(Table.visible(warning)));
        return text.toString();
    }

    private static String what(RenamePlan plan) {
        RenameRequest request = plan.request();
        String kind = request.kind() == RenameRequest.Kind.DOMAIN ? "domain " : "host ";
        String from = plan.undo() ? request.newName() : request.oldName();
        String to = plan.undo() ? request.oldName() : request.newName();
        return "Rename " + kind + from + (plan.undo() ? " back to " : " to ") + to;
    }

    private void confirm(RenamePlan plan) {
        String name = plan.undo() ? plan.request().oldName() : plan.request().newName();
        if (!console.interactive()) {
            throw new UsageException(COMMAND + "This stops and starts the instances that change. Give --yes if that is"
                    + " meant; there is no terminal to ask on.");
        }
        String answer =
                console.ask("Do it? The instances that change are stopped meanwhile. Type the name that shall be, "
                        + name + ", to confirm: ");
        if (!answer.strip().equals(name)) {
            throw PlatformException.conflict("Nothing was renamed.");
        }
    }

    private void apply(RenamePlan plan, Output output) {
        Consumer<InstanceInfo> progress = info -> output.message(console, state(info));
        List<InstanceInfo> renamed = Work.whole(() -> renaming.apply(plan, progress));
        JsonObject json = Json.tree(plan).getAsJsonObject();
        json.add("instances", Json.tree(renamed));
        String undo = plan.undo() ? "" : " platform:rename --undo takes it back.";
        String count = renamed.size() == 1 ? "1 instance" : renamed.size() + " instances";
        output.text(console, json, "Done: " + count + " changed." + undo);
    }

    private static String state(InstanceInfo info) {
        String reason = info.reason().isEmpty() ? "" : ": " + info.reason();
        return Table.visible(info.id() + " at " + info.path() + " " + info.state() + reason);
    }
}
