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
import platform.db.api.HostAccess;

/** The command {@code db:access}. */
@Component(
        service = AccessCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=access"})
public final class AccessCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<HostAccess> access;

    @Activate
    public AccessCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    HostAccess access) {
        super("db", AccessVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.access = Optional.ofNullable(access);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AccessVerbs(
                console,
                new InstanceDatabases(instances.orElseThrow(PlatformCommands::managerMissing)),
                access.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
