package platform.core.shell;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStatus;
import platform.backup.api.CommandFileStep;
import platform.backup.api.CommandFiles;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What can be done with the command file. */
final class CommandFileVerbs {

    static final List<String> ACTIONS = List.of("run", "set", "off", "status");

    private static final Duration USUAL = Duration.ofMinutes(15);

    private final CommandConsole console;
    private final CommandFiles files;

    CommandFileVerbs(CommandConsole console, CommandFiles files) {
        this.console = console;
        this.files = files;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "backup:command-file",
            description = "Back up as a command file on a web server says: now, or at an interval.",
            footer = {
                "%nIts lines are mod cmd UP1 times, mod cmd UP1 check and mod cmd UP0 scfg URL; others are left out. None"
                        + " of it is executed by a shell.",
                "%nExamples:",
                "  backup:command-file run http://10.0.0.1/backup.txt --dry-run",
                "  backup:command-file set http://10.0.0.1/backup.txt --interval 15m",
                "  backup:command-file status",
                "  backup:command-file off"
            })
    void commandFile(
            @Parameters(index = "0", paramLabel = "ACTION", description = "run, set, off or status.") String action,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "URL",
                            description = "Where it is: http or https; may hold a user and a password.")
                    String url,
            @Option(names = "--dry-run", description = "Only show what run would do.") boolean dryRun,
            @Option(
                            names = "--interval",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "How often it is fetched, with set: 15m, 1d. Default: 15m.")
                    Duration interval,
            @Mixin Output output) {
        if (dryRun && !action.equals("run") || interval != null && !action.equals("set")) {
            throw new UsageException("backup:command-file: --dry-run goes with run, --interval with set.");
        }
        switch (action) {
            case "run" -> run(need(url), dryRun, output);
            case "set" -> set(need(url), interval == null ? USUAL : interval, output);
            case "off" -> off(output);
            case "status" -> output.fields(console, files.status(), fields(files.status()));
            default ->
                throw new UsageException("backup:command-file: " + Table.quoted(action) + " is no action. Use "
                        + String.join(", ", ACTIONS) + ".");
        }
    }

    private static URI need(String url) {
        if (url == null) {
            throw new UsageException(
                    "backup:command-file: Missing required parameter: 'URL'. Try backup:command-file --help");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // The message of the cause would show a password.
            throw new UsageException("backup:command-file: The address is not understood: " + e.getReason() + ".");
        }
    }

    private void run(URI url, boolean dryRun, Output output) {
        Consumer<CommandFileStep> told = step -> output.progress(console, line(step));
        CommandFileReport report = Work.cancellable(() -> ScheduleVerbs.told(() -> files.run(
                url,
                dryRun,
                dryRun ? step -> {} : told,
                instance -> BackupVerbs.progress(console, output, instance + ": "))));
        if (dryRun) {
            Table table = new Table("LINE", "STATUS", "COMMAND", "DETAIL");
            report.steps().forEach(it -> table.row(it.line(), it.status(), it.command(), it.detail()));
            output.text(console, report, table.text());
        } else {
            output.text(console, report, "The command file is done.");
        }
        if (report.failed()) {
            throw PlatformException.failed("Not every line could be done.", null);
        }
    }

    private static String line(CommandFileStep step) {
        String detail = step.detail().isEmpty() ? "" : ": " + step.detail();
        return "Line " + step.line() + " " + step.status() + " " + step.command() + detail;
    }

    private void set(URI url, Duration interval, Output output) {
        CommandFileStatus status = ScheduleVerbs.told(() -> files.set(url, interval));
        output.text(console, status, "The command file is fetched from now on.\n" + Output.rows(fields(status)));
    }

    private void off(Output output) {
        CommandFileStatus status = ScheduleVerbs.told(() -> {
            files.off();
            return files.status();
        });
        output.text(console, status, "No command file is fetched any more.");
    }

    private static Map<String, Object> fields(CommandFileStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("URL", status.url().orElse("off"));
        fields.put("Interval", status.interval().toString().substring(2).toLowerCase(Locale.ROOT));
        fields.put("Next", status.next().map(Instant::toString).orElse(""));
        fields.put("Last run", status.lastRun().map(Instant::toString).orElse(""));
        fields.put("Problem", status.problem());
        return fields;
    }
}
