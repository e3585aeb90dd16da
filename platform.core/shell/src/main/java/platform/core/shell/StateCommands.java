package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.BackupTargets;
import platform.backup.api.Schedules;
import platform.core.api.AlarmSinks;
import platform.core.api.AppFiles;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.Settings;
import platform.core.api.Users;
import platform.webserver.api.Certificates;

/** The commands of the scope {@code state}. */
@Component(
        service = StateCommands.class,
        property = {
            "osgi.command.scope=state",
            "osgi.command.function=export",
            "osgi.command.function=diff",
            "osgi.command.function=apply"
        })
public final class StateCommands extends CommandGroup {

    private final Optional<Settings> settings;
    private final Optional<Services> services;
    private final Optional<ServicePlaces> places;
    private final Optional<AppFiles> files;
    private final Optional<Certificates> certificates;
    private final Optional<Instances> instances;
    private final Optional<InstanceQuotas> quotas;
    private final Optional<BackupTargets> targets;
    private final Optional<Schedules> schedules;
    private final Optional<Users> users;
    private final Optional<AlarmSinks> sinks;
    private final Optional<Platform> platform;

    @Activate
    public StateCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Settings settings,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServicePlaces places,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AppFiles files,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Certificates certificates,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceQuotas quotas,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    BackupTargets targets,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Schedules schedules,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Users users,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AlarmSinks sinks,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform) {
        super("state", StateVerbs.class);
        this.settings = Optional.ofNullable(settings);
        this.services = Optional.ofNullable(services);
        this.places = Optional.ofNullable(places);
        this.files = Optional.ofNullable(files);
        this.certificates = Optional.ofNullable(certificates);
        this.instances = Optional.ofNullable(instances);
        this.quotas = Optional.ofNullable(quotas);
        this.targets = Optional.ofNullable(targets);
        this.schedules = Optional.ofNullable(schedules);
        this.users = Optional.ofNullable(users);
        this.sinks = Optional.ofNullable(sinks);
        this.platform = Optional.ofNullable(platform);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new StateVerbs(console, () -> state(console.user()));
    }

    /** In the order in which they are made: what others name comes first. */
    private DesiredState state(String caller) {
        StateSource source = new StateSource(present(platform).data());
        return new DesiredState(
                List.of(
                        new StateSettings(present(settings)),
                        new StateCertificates(present(certificates), source),
                        new StateApps(present(services), present(places), present(files), source),
                        new StateInstances(present(instances), present(quotas)),
                        new StateTargets(present(targets)),
                        new StateSchedules(present(schedules)),
                        new StateSinks(present(sinks)),
                        new StateUsers(present(users), caller)),
                present(platform).data());
    }

    private static <T> T present(Optional<T> service) {
        return service.orElseThrow(() -> new PlatformException(
                PlatformException.Kind.CONFLICT,
                "Not all parts of the platform are running yet. The platform's log says more; try again then."));
    }
}
