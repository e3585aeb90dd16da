package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands of the scope {@code ssh}. */
@Component(
        service = SshCommands.class,
        property = {"osgi.command.scope=ssh", "osgi.command.function=info"})
public final class SshCommands extends CommandGroup {

    private final Optional<SshShellServer> server;

    @Activate
    public SshCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    SshShellServer server) {
        super("ssh", SshVerbs.class);
        this.server = Optional.ofNullable(server);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new SshVerbs(console, server.orElseThrow(PlatformCommands::managerMissing));
    }
}
