package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.db.api.DatabaseServer;
import platform.db.api.DatabaseServers;
import platform.db.api.ServerRegistry;

/** The command {@code db:server}. */
@Component(
        service = RegistryCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=server"})
public final class RegistryCommands extends CommandGroup {

    private final Optional<ServerRegistry> registry;
    private final Optional<DatabaseServers> servers;

    @Activate
    public RegistryCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ServerRegistry registry,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseServers servers) {
        super("db", RegistryVerbs.class);
        this.registry = Optional.ofNullable(registry);
        this.servers = Optional.ofNullable(servers);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new RegistryVerbs(console, registry.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return switch (label) {
            case "ACTION" -> List.of("add", "remove");
            case "TLS" -> List.of("verify-full", "verify-ca", "require", "disable");
            case "SERVER" ->
                servers.stream()
                        .flatMap(it -> it.list().stream())
                        .filter(it -> !it.isDefault())
                        .map(DatabaseServer::name)
                        .toList();
            default -> List.of();
        };
    }
}
