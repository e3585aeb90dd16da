package platform.core.shell;

import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.MovePlan;
import platform.backup.api.MoveRequest;
import platform.backup.api.MoveResult;
import platform.backup.api.MoveTicket;
import platform.backup.api.Moves;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** Moves instances between platforms. */
final class MoveVerbs {

    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final CommandConsole console;
    private final Moves moves;

    MoveVerbs(CommandConsole console, Moves moves) {
        this.console = console;
        this.moves = moves;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:accept-move",
            description = "Let one instance of another platform come: show the ticket for its instance:move, once.",
            footer = {
                "%nExamples:",
                "  instance:accept-move",
                "  instance:accept-move --as acme@example.org --valid 15m"
            })
    void accept(
            @Option(
                            names = "--as",
                            paramLabel = "INSTANCE",
                            description =
                                    "What it shall be called here; default: as there, with its path and password.")
                    String as,
            @Option(
                            names = "--valid",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            defaultValue = "1h",
                            description = "How long a move can begin with it. Default: 1h.")
                    Duration valid,
            @Mixin Output output) {
        AUDIT.info("{} accepts an instance of another platform", console.user());
        MoveTicket ticket = BackupVerbs.told(() -> moves.accept(Optional.ofNullable(as), valid));
        JsonObject json = Json.tree(ticket).getAsJsonObject();
        output.text(
                console,
                json,
                "The ticket, shown this once; one instance can come with it until " + ticket.until() + ":\n\n  "
                        + ticket.ticket());
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "instance:move",
            description = "Move an instance to another platform. It goes on until the last of its data are to be sent.",
            footer = {
                "%nThe other platform gives a ticket, by instance:accept-move, which is asked for here, or read from standard"
                        + " input. When the instance runs there, requests to this platform are redirected for a day; then"
                        + " what is left of it here is deleted. If anything fails, it goes on here.",
                "%nExamples:",
                "  instance:move acme@example.com --to https://apps2.example.com:8443 --dry-run",
                "  instance:move acme@example.com --to https://apps2.example.com:8443 --ca /root/apps2.pem",
                "  instance:move acme@example.com --abort"
            })
    void move(
            @Parameters(paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Option(
                            names = "--to",
                            paramLabel = "URL",
                            description = "The other platform: https://HOST:PORT; http:// on this machine only.")
                    URI to,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description = "The certificates that are believed instead of Java's, in PEM.")
                    String authorities,
            @Option(names = "--dry-run", description = "Only say what would be done, and what is in the way.")
                    boolean dryRun,
            @Option(names = "--abort", description = "Give the move up, or take the instance back after it.")
                    boolean abort,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask. Needed where nobody can be asked. With --abort: it does not run"
                                    + " elsewhere, nobody need be asked.")
                    boolean yes,
            @Mixin Output output) {
        if (abort == (to != null) || abort && (dryRun || authorities != null)) {
            throw new UsageException("instance:move: Give --to URL, or --abort alone. Try instance:move --help");
        }
        if (abort) {
            abort(id, yes, output);
        } else {
            Optional<java.nio.file.Path> ca = Optional.ofNullable(authorities).map(BackupPlaces::path);
            MoveRequest request =
                    new MoveRequest(id, to, console.secret("Ticket: ").strip(), ca);
            move(request, dryRun, yes, output);
        }
    }

    private void move(MoveRequest request, boolean dryRun, boolean yes, Output output) {
        MovePlan plan = BackupVerbs.work(() -> moves.plan(request));
        if (dryRun) {
            output.fields(console, Json.tree(plan), fields(request, plan));
            return;
        }
        output.message(console, Output.rows(fields(request, plan)));
        if (!plan.obstacles().isEmpty()) {
            throw PlatformException.conflict("Nothing was moved. " + String.join(" ", plan.obstacles()));
        }
        String question = plan.instance() + " will run on " + request.platform() + " and not here. Move it?";
        if (!yes && !console.interactive()) {
            throw new UsageException(
                    "instance:move: " + question + " Give --yes if that is meant; there is no terminal to ask on.");
        }
        console.confirm(yes, question);
        AUDIT.info("{} moves {} to {}", console.user(), Table.visible(request.instance()), request.platform());
        MoveResult result = BackupVerbs.work(() -> moves.move(request, BackupVerbs.progress(console, output, "")));
        output.text(console, json(result), text(result));
    }

    private static JsonObject json(MoveResult result) {
        JsonObject json = Json.tree(result).getAsJsonObject();
        json.add("paused", Json.tree(result.paused()));
        return json;
    }

    private static Map<String, Object> fields(MoveRequest request, MovePlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Moves", plan.instance() + " to " + request.platform());
        fields.put("As", plan.as());
        fields.put("Database", DatabaseText.bytes(plan.bytes()));
        fields.put(
                "Stopped",
                plan.note().isEmpty()
                        ? "for the last of its changes"
                        : "for the whole copy, since its changes cannot be told: " + plan.note());
        fields.put("Obstacle", String.join(" ", plan.obstacles()));
        return fields;
    }

    private static String phases(MoveResult it) {
        return it.phases().entrySet().stream()
                .map(each -> String.format("%s %.1f", each.getKey(), seconds(each.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String text(MoveResult it) {
        String text = String.format(
                "%s is at %s now: %,d rows in %s; it served nobody for %.1f s (%s). What is left of it here is kept until %s, and"
                        + " requests are redirected.",
                it.as(),
                it.address(),
                it.rows(),
                DatabaseText.seconds(it.took()),
                seconds(it.paused()),
                phases(it),
                it.keptUntil());
        return it.trouble().isEmpty() ? text : text + "\nBut it does not run there: " + it.trouble();
    }

    private void abort(String id, boolean sure, Output output) {
        AUDIT.info("{} takes {} back", console.user(), Table.visible(id));
        Work.whole(() -> BackupVerbs.told(() -> {
            moves.takeBack(id, sure);
            return null;
        }));
        JsonObject json = new JsonObject();
        json.addProperty("takenBack", id);
        output.text(console, json, id + " is this platform's. instance:info " + id + " shows how it is.");
    }
}
