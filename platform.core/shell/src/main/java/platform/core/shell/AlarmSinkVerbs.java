package platform.core.shell;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSinks;
import platform.core.api.Role;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;

/** The places that alarms are told to. */
final class AlarmSinkVerbs {

    private final CommandConsole console;
    private final AlarmSinks sinks;

    AlarmSinkVerbs(CommandConsole console, AlarmSinks sinks) {
        this.console = console;
        this.sinks = sinks;
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "alarm:sink",
            description = "Add, list, test or remove the places that alarms are told to: web servers, e-mail, syslog.",
            footer = {
                "%nA test sends a message that says so, and prints what the server has answered.",
                "%nExamples:",
                "  alarm:sink add noc https://platform@events.example.com/example.com/events/alarms --password -",
                "  alarm:sink add mail smtp://me@mail.example.com:587 --password - --from me@example.com --to you@example.com",
                "  alarm:sink add log syslog+tls://log.example.com:6514 --severity major",
                "  alarm:sink test noc",
                "  alarm:sink list",
                "  alarm:sink remove noc"
            })
    void sink(
            @Parameters(index = "0", paramLabel = "ACTION", description = "add, list, test or remove.") String action,
            @Parameters(index = "1", arity = "0..1", paramLabel = "SINK", description = "The sink's name.") String name,
            @Parameters(
                            index = "2",
                            arity = "0..1",
                            paramLabel = "ADDRESS",
                            description =
                                    "Where it is: http:, https:, smtp:, smtps:, syslog:, syslog+tcp: or syslog+tls:,"
                                            + " without a password.")
                    String address,
            @Mixin Setting setting,
            @Mixin Output output) {
        if (!action.equals("add") && (setting.isGiven() || address != null)) {
            throw new UsageException("alarm:sink: An address and options such as --password go with add only.");
        }
        switch (action) {
            case "add" -> add(need(name, "SINK"), need(address, "ADDRESS"), setting, output);
            case "list" -> list(output);
            case "test" -> test(need(name, "SINK"), output);
            case "remove" -> remove(need(name, "SINK"), output);
            default ->
                throw new UsageException(
                        "alarm:sink: " + Table.quoted(action) + " is no action. Use add, list, test or remove.");
        }
    }

    /** What belongs to a sink that is added. */
    static final class Setting {

        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description = "The password of the user in the address; - reads it from standard input.")
        private String password;

        @Option(
                names = "--ca",
                paramLabel = "FILE",
                description = "A PEM file with the authorities that the server's certificate may be signed by.")
        private Path authorities;

        @Option(
                names = "--severity",
                paramLabel = "SEVERITY",
                converter = Converters.Severity.class,
                description = "Only alarms that are at least so bad: warning (default), minor, major or critical.")
        private AlarmSeverity severity;

        @Option(
                names = "--repeat",
                paramLabel = "TIME",
                converter = Converters.Time.class,
                description =
                        "How often an active alarm is told again; 0s for never. Default: 30m by HTTP, else never.")
        private Duration repeat;

        @Option(names = "--from", paramLabel = "ADDRESS", description = "The sender of e-mail.")
        private String from;

        @Option(names = "--to", paramLabel = "ADDRESS", description = "Who gets e-mail. Can be given several times.")
        private List<String> to;

        private boolean isGiven() {
            return Stream.of(password, authorities, severity, repeat, from, to).anyMatch(it -> it != null);
        }
    }

    private static String need(String argument, String label) {
        if (argument == null) {
            throw new UsageException("alarm:sink: Missing required parameter: '" + label + "'. Try alarm:sink --help");
        }
        return argument;
    }

    private void add(String name, String address, Setting setting, Output output) {
        SinkSetup setup = new SinkSetup(
                name,
                address,
                "-".equals(setting.password)
                        ? Optional.of(console.secret("Password: "))
                        : Optional.ofNullable(setting.password),
                Optional.ofNullable(setting.authorities),
                setting.severity == null ? AlarmSeverity.WARNING : setting.severity,
                Optional.ofNullable(setting.repeat),
                Optional.ofNullable(setting.from),
                setting.to == null ? List.of() : setting.to);
        SinkInfo added = Work.whole(() -> sinks.add(setup));
        output.text(
                console,
                added,
                "Added the sink " + added.name() + ", " + Table.visible(added.address()) + ". Try it: alarm:sink test "
                        + added.name());
    }

    private void list(Output output) {
        List<SinkInfo> found = sinks.list();
        Table table = new Table("SINK", "ADDRESS", "SEVERITY", "REPEAT", "WAITING", "PROBLEM");
        found.forEach(it -> table.row(
                it.name(),
                it.address(),
                it.severity(),
                it.repeat().isZero() ? "" : it.repeat().toMinutes() + "m",
                it.waiting(),
                it.problem()));
        output.list(console, found, table);
    }

    private void test(String name, Output output) {
        String answer = Work.cancellable(() -> sinks.test(name));
        JsonObject json = new JsonObject();
        json.addProperty("sink", name);
        json.addProperty("answer", answer);
        output.text(console, json, "Sent. " + Table.visible(answer));
    }

    private void remove(String name, Output output) {
        Work.whole(() -> sinks.remove(name));
        JsonObject json = new JsonObject();
        json.addProperty("removed", name);
        output.text(console, json, "Removed the sink " + name + ".");
    }
}
