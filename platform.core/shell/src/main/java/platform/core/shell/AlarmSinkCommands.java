package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.AlarmSinks;
import platform.core.api.SinkInfo;

/** The command {@code alarm:sink}. */
@Component(
        service = AlarmSinkCommands.class,
        property = {"osgi.command.scope=alarm", "osgi.command.function=sink"})
public final class AlarmSinkCommands extends CommandGroup {

    private final Optional<AlarmSinks> sinks;

    @Activate
    public AlarmSinkCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AlarmSinks sinks) {
        super("alarm", AlarmSinkVerbs.class);
        this.sinks = Optional.ofNullable(sinks);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AlarmSinkVerbs(console, sinks.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "ACTION" -> List.of("add", "list", "test", "remove");
            case "SINK" ->
                sinks.stream()
                        .flatMap(it -> it.list().stream())
                        .map(SinkInfo::name)
                        .toList();
            default -> List.of();
        };
    }
}
