package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.DesiredState;
import platform.core.api.PlatformException;

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

    private final Optional<DesiredState> state;

    @Activate
    public StateCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DesiredState state) {
        super("state", StateVerbs.class);
        this.state = Optional.ofNullable(state);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new StateVerbs(console, this::state);
    }

    private DesiredState state() {
        return state.orElseThrow(() -> PlatformException.conflict(
                "Not all parts of the platform are running yet. The platform's log says more; try again then."));
    }
}
