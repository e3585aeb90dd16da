package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import platform.core.api.DesiredState;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.StateDocument;
import platform.core.api.StatePlan;
import platform.core.api.StateStep;
import platform.core.api.StateStep.Action;

/** The platform's state as a document: written, compared, brought about. */
final class StateVerbs {

    private static final String FILE =
            "The document, by its whole path on the platform's machine; - reads it from standard input.";
    /** As diff has it: 0 is the same, 2 and more that it could not be found out. */
    private static final int DIFFERS = 1;

    private final CommandConsole console;
    private final Supplier<DesiredState> state;

    /** @param state fails while the services are not there that it is made of */
    StateVerbs(CommandConsole console, Supplier<DesiredState> state) {
        this.console = console;
        this.state = state;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "state:export",
            description = "Print the platform's state as a document for state:apply, without secrets.",
            footer = {
                "%nWhat has its default is left out. It is YAML unless -o json is given.",
                "%nExample: state:export > platform.yaml"
            })
    void export(@Mixin Output output) {
        DesiredState now = state.get();
        output.text(console, now.export(), now.exportText().stripTrailing());
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "state:diff",
            description = "Show in what the platform differs from a document. Exit status 0: in nothing, 1: it differs,"
                    + " 2: it cannot be found out.",
            footer = "%nExample: state:diff -f - < platform.yaml")
    void diff(
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            required = true,
                            description = FILE)
                    String file,
            @Option(names = "--prune", description = "Also what the document's sections do not have.") boolean prune,
            @Mixin Output output) {
        List<StateStep> steps = understood(file, prune);
        output.text(console, steps, text(steps));
        console.status(steps.isEmpty() ? 0 : DIFFERS);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "state:apply",
            description = "Bring about the state that a document describes. What it does not name stays as it is.",
            footer = {
                "%nThe plan is shown first. A step that fails ends it; the same command goes on from there.",
                "%nExamples:",
                "  state:apply -f /root/platform.yaml --dry-run",
                "  state:apply -f - < platform.yaml",
                "  state:apply -f - --prune --yes < platform.yaml"
            })
    void apply(
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            required = true,
                            description = FILE)
                    String file,
            @Option(names = "--dry-run", description = "Only show the plan.") boolean dryRun,
            @Option(
                            names = "--prune",
                            description =
                                    "Remove what the document's sections do not have, instances with all their data.")
                    boolean prune,
            @Option(names = "--yes", description = "Do not ask whether to remove.") boolean yes,
            @Mixin Output output) {
        StatePlan plan = plan(file, prune);
        List<StateStep> steps = plan.steps();
        if (dryRun || steps.isEmpty()) {
            output.text(console, steps, text(steps));
            return;
        }
        output.message(console, text(steps));
        confirmRemovals(steps, yes);
        run(plan, output);
    }

    private void run(StatePlan plan, Output output) {
        List<String> done = new CopyOnWriteArrayList<>();
        try {
            Work.whole(() -> plan.apply((step, told) -> {
                String line = "done: " + step + (told.isEmpty() ? "" : ", " + told);
                console.note(step + ";");
                output.message(console, Table.visible(line));
                done.add(line);
            }));
        } finally {
            // Also when one has failed: what was made for the others is told this once.
            output.text(
                    console,
                    done,
                    "Done: " + done.size() + " of " + plan.steps().size() + ".");
        }
    }

    private String text(List<StateStep> steps) {
        if (steps.isEmpty()) {
            return "Nothing to do: the platform is as the document says.";
        }
        Table table = new Table("ACTION", "WHAT", "NAME", "CHANGES");
        steps.forEach(it -> table.row(it.action(), it.kind(), it.name(), String.join("; ", it.details())));
        return console.screen().map(table::text).orElseGet(table::text);
    }

    /** A script has to say that it means it, since data goes with it. */
    private void confirmRemovals(List<StateStep> steps, boolean yes) {
        String removed = steps.stream()
                .filter(it -> it.action() == Action.REMOVE)
                .map(it -> it.kind() + " " + it.name())
                .collect(Collectors.joining(", "));
        if (removed.isEmpty() || yes) {
            return;
        }
        if (!console.interactive()) {
            throw PlatformException.conflict(
                    "Nothing was changed: this would remove " + removed + ". Give --yes to do so.");
        }
        console.confirm(false, "This removes " + Table.visible(removed) + ".");
    }

    /** A document that is not understood is no difference. */
    private List<StateStep> understood(String file, boolean prune) {
        try {
            return plan(file, prune).steps();
        } catch (PlatformException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private StatePlan plan(String file, boolean prune) {
        return state.get().plan(new StateDocument(text(file), prune, console.user(), true));
    }

    private String text(String file) {
        try (InputStream in = open(file)) {
            return StateDocument.read(in);
        } catch (InvalidPathException | IOException e) {
            throw PlatformException.failed(
                    "The document cannot be read by the platform's user: " + e + ". Give it from standard input:"
                            + " -f - < FILE",
                    e);
        }
    }

    private InputStream open(String file) throws IOException {
        if (file.equals("-")) {
            if (console.interactive()) {
                throw new UsageException("-f - needs a file on standard input, < FILE");
            }
            return console.input();
        }
        Path path = Path.of(file);
        if (!path.isAbsolute()) {
            throw new UsageException(Table.quoted(file)
                    + " is not a whole path, and the platform does not know the folder that you are in. Give the whole"
                    + " path, or use -f - < FILE");
        }
        return Files.newInputStream(path);
    }
}
