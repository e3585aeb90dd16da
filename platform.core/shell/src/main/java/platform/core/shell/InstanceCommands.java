package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.Backups;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.TraceFlag;

/** The commands of the scope {@code instance}. */
@Component(
        service = InstanceCommands.class,
        property = {
            "osgi.command.scope=instance",
            "osgi.command.function=create",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=restart",
            "osgi.command.function=edit",
            "osgi.command.function=set-password",
            "osgi.command.function=rotate-db-password",
            "osgi.command.function=delete",
            "osgi.command.function=clone",
            "osgi.command.function=move-database"
        })
public final class InstanceCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<Services> services;
    private final Optional<Platform> platform;
    private final Optional<Backups> backups;
    private final Optional<InstanceQuotas> quotas;

    @Activate
    public InstanceCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Services services,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Platform platform,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Backups backups,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceQuotas quotas) {
        super("instance", InstanceVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.services = Optional.ofNullable(services);
        this.platform = Optional.ofNullable(platform);
        this.backups = Optional.ofNullable(backups);
        this.quotas = Optional.ofNullable(quotas);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new InstanceVerbs(
                console, instances.orElseThrow(PlatformCommands::managerMissing), platform, backups, quotas);
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "INSTANCE" ->
                instances.stream()
                        .flatMap(i -> i.list().stream())
                        .map(info -> info.id().toString())
                        .toList();
            case "APP" ->
                services.stream()
                        .flatMap(s -> s.list().stream())
                        .map(ServiceInfo::name)
                        .toList();
            case "FLAG" -> TraceFlag.words(List.of(TraceFlag.values()));
            default -> List.of();
        };
    }
}
