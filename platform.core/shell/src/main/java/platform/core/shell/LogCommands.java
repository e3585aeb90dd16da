package platform.core.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Settings;
import platform.tracing.api.Logs;

/** The commands of the scope {@code log}. */
@Component(
        service = LogCommands.class,
        property = {
            "osgi.command.scope=log",
            "osgi.command.function=display",
            "osgi.command.function=tail",
            "osgi.command.function=get",
            "osgi.command.function=set"
        })
public final class LogCommands extends CommandGroup {

    private final Optional<Logs> logs;
    private final Optional<Settings> settings;

    @Activate
    public LogCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Logs logs,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Settings settings) {
        super("log", LogVerbs.class);
        this.logs = Optional.ofNullable(logs);
        this.settings = Optional.ofNullable(settings);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        Settings known = settings.orElseThrow(PlatformCommands::managerMissing);
        return new LogVerbs(console, logs.orElseThrow(PlatformCommands::managerMissing), new LogLevels(known));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "LOG" -> logs.map(Logs::names).orElse(List.of());
            case "LOGGER" ->
                settings.map(it ->
                                List.copyOf(new LogLevels(it).read().loggers().keySet()))
                        .orElse(List.of());
            case "LEVEL", "LEAST" -> Arrays.asList(LogLevels.WORDS);
            default -> List.of();
        };
    }
}
