package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.ManagerSocket;

/** The commands of the scope {@code manager}. */
@Component(
        service = ManagerSocketCommands.class,
        property = {"osgi.command.scope=manager", "osgi.command.function=socket"})
public final class ManagerSocketCommands extends CommandGroup {

    private final Optional<ManagerSocket> socket;

    @Activate
    public ManagerSocketCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    ManagerSocket socket) {
        super("manager", ManagerSocketVerbs.class);
        this.socket = Optional.ofNullable(socket);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ManagerSocketVerbs(console, socket.orElseThrow(PlatformCommands::managerMissing));
    }
}
