package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Instances;
import platform.db.api.DatabaseServers;

/** The command {@code db:servers}. */
@Component(
        service = ServerCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=servers"})
public final class ServerCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<DatabaseServers> servers;

    @Activate
    public ServerCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseServers servers) {
        super("db", ServerVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.servers = Optional.ofNullable(servers);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ServerVerbs(console, instances, servers.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return List.of();
    }
}
