package platform.core.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.Role;
import platform.tracing.api.LogRecord;
import platform.tracing.api.Logs;

/** What can be done with the logs. */
final class LogVerbs {

    private static final String LOG = "Whose: platform (default), or the name of an app.";

    private final CommandConsole console;
    private final Logs logs;
    private final LogLevels levels;

    LogVerbs(CommandConsole console, Logs logs, LogLevels levels) {
        this.console = console;
        this.logs = logs;
        this.levels = levels;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "log:display",
            description = "Print the last records of the platform's log, or of an app's, also of rolled files.",
            footer = {
                "%nA record is a line, with its stack trace.",
                "%nExamples:",
                "  log:display files -n 500",
                "  log:display files --level WARN --since 12h --instance acme@example.com"
            })
    void display(
            @Parameters(arity = "0..1", paramLabel = "LOG", defaultValue = Logs.PLATFORM, description = LOG)
                    String name,
            @Option(
                            names = "-n",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many records. Default: 100.")
                    int count,
            @Mixin LogChoice choice,
            @Mixin Output output) {
        List<LogRecord> records =
                new ArrayList<>(logs.last(name, choice.oldest(), choice.filter(), checked("log:display", count)));
        Collections.reverse(records);
        List<String> lines = records.stream().flatMap(it -> it.lines().stream()).toList();
        output.text(
                console,
                lines,
                String.join("\n", lines.stream().map(LogVerbs::visible).toList()));
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "log:tail",
            description = "Print the end of the platform's log, or of an app's, and what comes, until Ctrl-C.",
            footer = {"%nWith -o json each line is a text of JSON.", "%nExample: log:tail files -n 20"})
    void tail(
            @Parameters(arity = "0..1", paramLabel = "LOG", defaultValue = Logs.PLATFORM, description = LOG)
                    String name,
            @Option(
                            names = "-n",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many lines to begin with. Default: 10.")
                    int count,
            @Mixin Output output) {
        logs.follow(name, checked("log:tail", count), line -> output.text(console, line, visible(line)));
    }

    private static int checked(String command, int count) {
        if (count < 0) {
            throw new UsageException(command + ": -n " + count + " is negative. Give a number from 0.");
        }
        return count;
    }

    /** A line that cannot steer the terminal; tabs are what stack traces are indented by. */
    private static String visible(String line) {
        return Table.visible(line.replace("\t", "    "));
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "log:get",
            description = "Show how much is logged: the level of all loggers, and of those that have their own.",
            footer = "%nExample: log:get org.eclipse.jetty")
    void get(
            @Parameters(arity = "0..1", paramLabel = "LOGGER", description = "Only the level that holds for this one.")
                    String logger,
            @Mixin Output output) {
        LogLevels.Levels now = levels.read();
        Map<String, String> shown = new LinkedHashMap<>();
        if (logger == null) {
            shown.put("(all)", now.level());
            shown.putAll(now.loggers());
        } else {
            shown.put(logger, holding(now, logger));
        }
        output.fields(console, shown, shown);
    }

    /** Its own level, or that of the nearest one above it, or that of all. */
    private static String holding(LogLevels.Levels now, String logger) {
        String level = now.loggers().get(logger);
        if (level != null) {
            return level;
        }
        int dot = logger.lastIndexOf('.');
        return dot < 0 ? now.level() : holding(now, logger.substring(0, dot));
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "log:set",
            description = "Change how much is logged, by all loggers or by one and those below it. It is kept.",
            footer = {
                "%nIt is the setting level, or loggers, of " + LogLevels.PID + ".",
                "%nExamples:",
                "  log:set DEBUG org.eclipse.jetty",
                "  log:set DEFAULT org.eclipse.jetty",
                "  log:set INFO"
            })
    void set(
            @Parameters(
                            index = "0",
                            paramLabel = "LEVEL",
                            description = "ERROR, WARN, INFO, DEBUG, TRACE, or DEFAULT for none of its own.")
                    String word,
            @Parameters(index = "1", arity = "0..1", paramLabel = "LOGGER", description = "Which. Default: all.")
                    String logger,
            @Mixin Output output) {
        String level = word.toUpperCase(Locale.ROOT);
        if (!Arrays.asList(LogLevels.WORDS).contains(level)) {
            throw new UsageException(
                    "log:set: " + Table.quoted(word) + " is no level. Use " + String.join(", ", LogLevels.WORDS) + ".");
        }
        if (logger != null && !logger.matches("[A-Za-z0-9_.$-]+")) {
            throw new UsageException(
                    "log:set: " + Table.quoted(logger) + " is no logger. Use a name such as" + " org.eclipse.jetty");
        }
        Work.whole(() -> {
            if (logger == null) {
                levels.set(level);
            } else {
                levels.set(logger, level);
            }
        });
        get(logger, output);
    }
}
