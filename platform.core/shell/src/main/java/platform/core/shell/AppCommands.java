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

/** The commands of the scope {@code app}. */
@Component(
        service = AppCommands.class,
        property = {
            "osgi.command.scope=app",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=restart"
        })
public final class AppCommands extends CommandGroup {

    private final Optional<Services> services;
    private final Optional<ServicePlaces> places;

    @Activate
    public AppCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServicePlaces places) {
        super("app", AppVerbs.class);
        this.services = Optional.ofNullable(services);
        this.places = Optional.ofNullable(places);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AppVerbs(console, services.orElseThrow(PlatformCommands::managerMissing), places);
    }

    @Override
    List<String> candidates(String label) {
        if (!label.equals("APP")) {
            return List.of();
        }
        return services.stream()
                .flatMap(s -> s.list().stream())
                .map(ServiceInfo::name)
                .toList();
    }
}
