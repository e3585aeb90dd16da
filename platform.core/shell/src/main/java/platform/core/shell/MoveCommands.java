package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.Moves;
import platform.core.api.Instances;

/** The commands {@code instance:move} and {@code instance:accept-move}. */
@Component(
        service = MoveCommands.class,
        property = {"osgi.command.scope=instance", "osgi.command.function=move", "osgi.command.function=accept-move"})
public final class MoveCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<Moves> moves;

    @Activate
    public MoveCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Moves moves) {
        super("instance", MoveVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.moves = Optional.ofNullable(moves);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new MoveVerbs(console, moves.orElseThrow(BackupCommands::backupsMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
