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
import platform.backup.api.ScheduleInfo;
import platform.backup.api.Schedules;
import platform.core.api.PlatformException;

/** The command {@code backup:schedule}. */
@Component(
        service = ScheduleCommands.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=schedule"})
public final class ScheduleCommands extends CommandGroup {

    private final Optional<Schedules> schedules;

    @Activate
    public ScheduleCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Schedules schedules) {
        super("backup", ScheduleVerbs.class);
        this.schedules = Optional.ofNullable(schedules);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ScheduleVerbs(console, schedules.orElseThrow(ScheduleCommands::missing));
    }

    static PlatformException missing() {
        return new PlatformException(
                PlatformException.Kind.CONFLICT,
                "The backup schedules are not running or still starting. The platform's log says more.");
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "ACTION" -> ScheduleVerbs.ACTIONS;
            case "NAME" ->
                schedules.stream()
                        .flatMap(it -> Stream.concat(
                                it.list().stream().map(ScheduleInfo::spec).map(spec -> spec.name()),
                                it.unusable().keySet().stream()))
                        .sorted()
                        .toList();
            default -> List.of();
        };
    }
}
