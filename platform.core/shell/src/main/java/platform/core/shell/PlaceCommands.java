package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;

/** The commands {@code app:isolation} and {@code app:limit}. */
@Component(
        service = PlaceCommands.class,
        property = {"osgi.command.scope=app", "osgi.command.function=isolation", "osgi.command.function=limit"})
public final class PlaceCommands extends CommandGroup {

    private final Optional<Services> services;
    private final Optional<ServicePlaces> places;

    @Activate
    public PlaceCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServicePlaces places) {
        super("app", PlaceVerbs.class);
        this.services = Optional.ofNullable(services);
        this.places = Optional.ofNullable(places);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new PlaceVerbs(console, places.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "APP" ->
                services.stream()
                        .flatMap(s -> s.list().stream())
                        .map(ServiceInfo::name)
                        .toList();
            case "WHERE" -> List.of("process", "bundle");
            default -> List.of();
        };
    }
}
