package platform.core.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import platform.core.api.Instances;
import platform.core.api.TraceFlag;

/** The command {@code instance:trace}. */
@Component(
        service = TraceCommands.class,
        property = {"osgi.command.scope=instance", "osgi.command.function=trace"})
public final class TraceCommands extends CommandGroup {

    private final Optional<Instances> instances;

    @Activate
    public TraceCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances) {
        super("instance", TraceVerbs.class);
        this.instances = Optional.ofNullable(instances);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new TraceVerbs(console, instances.orElseThrow(PlatformCommands::managerMissing));
    }

    /** A flag that is taken away looks like an option, and -http-file like -h, which this command has not. */
    @Override
    void configure(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        OptionSpec help = spec.findOption("--help");
        spec.remove(help);
        spec.addOption(OptionSpec.builder(help).names("--help").build());
        command.setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "INSTANCE" -> InstanceDatabases.names(instances);
            case "FLAG" ->
                Stream.concat(
                                Stream.of(TraceText.DEFAULT, TraceText.NONE),
                                Stream.of(TraceFlag.values())
                                        .map(TraceFlag::word)
                                        .flatMap(word -> Stream.of("+" + word, "-" + word)))
                        .toList();
            default -> List.of();
        };
    }
}
