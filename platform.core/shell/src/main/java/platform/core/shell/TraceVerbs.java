package platform.core.shell;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.TraceFlag;

/** What of an instance is logged in detail. */
final class TraceVerbs {

    private final CommandConsole console;
    private final Instances instances;

    TraceVerbs(CommandConsole console, Instances instances) {
        this.console = console;
        this.instances = instances;
    }

    /** A flag as JSON has it. */
    record Shown(String flag, String title, long bit, boolean set, String logs) {}

    @Needs(value = Role.VIEWER, operatorFor = "FLAG")
    @Command(
            name = "instance:trace",
            description =
                    "Show the trace flags of an instance, which say what of it is logged in detail, or change them.",
            footer = {
                "%nA change holds at once, without a restart, and until the next one. The lines are in the app's log.",
                "%nExamples:",
                "  instance:trace acme@example.com",
                "  instance:trace acme@example.com +database +webserver-traffic",
                "  instance:trace acme@example.com -database",
                "  instance:trace acme@example.com default"
            })
    void trace(
            @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "FLAG",
                            description =
                                    "+FLAG sets one, -FLAG takes one away; FLAG… sets these and no others; default"
                                            + " or none.")
                    List<String> words,
            @Mixin Output output) {
        InstanceId instance = InstanceId.parse(id);
        if (words == null) {
            show(find(instance), output);
            return;
        }
        InstanceInfo changed = Work.whole(() -> instances.exclusively(instance, () -> {
            Set<TraceFlag> flags = TraceFlag.apply(find(instance).trace(), words);
            return instances.edit(instance, InstanceChange.NONE.withTrace(flags));
        }));
        output.text(console, shown(changed), instance + " logs in detail: " + TraceText.line(changed.trace()) + ".");
    }

    private InstanceInfo find(InstanceId id) {
        return instances
                .find(id)
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no instance " + id + "; instance:list shows the instances."));
    }

    private void show(InstanceInfo info, Output output) {
        Table table = new Table("FLAG", "BIT", "SET", "LOGS");
        shown(info)
                .forEach(it -> table.row(it.flag(), String.format("0x%x", it.bit()), it.set() ? "yes" : "", it.logs()));
        output.list(console, shown(info), table);
    }

    private static List<Shown> shown(InstanceInfo info) {
        return Stream.of(TraceFlag.values())
                .map(it ->
                        new Shown(it.word(), it.title(), it.bit(), info.trace().contains(it), TraceText.logs(it)))
                .toList();
    }
}
