package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.AlarmInfo;
import platform.core.api.Alarms;

/** The commands of the scope {@code alarm}. */
@Component(
        service = AlarmCommands.class,
        property = {
            "osgi.command.scope=alarm",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=history",
            "osgi.command.function=ack",
            "osgi.command.function=fix",
            "osgi.command.function=clear"
        })
public final class AlarmCommands extends CommandGroup {

    private final Optional<Alarms> alarms;

    @Activate
    public AlarmCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Alarms alarms) {
        super("alarm", AlarmVerbs.class);
        this.alarms = Optional.ofNullable(alarms);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AlarmVerbs(console, alarms.orElseThrow(PlatformCommands::managerMissing), new AlarmFix(session));
    }

    @Override
    List<String> candidates(String label) {
        if (!label.equals("ALARM")) {
            return List.of();
        }
        return alarms.stream()
                .flatMap(a -> a.active().stream())
                .map(AlarmInfo::id)
                .toList();
    }
}
