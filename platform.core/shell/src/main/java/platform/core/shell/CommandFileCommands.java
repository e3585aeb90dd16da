package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.backup.api.CommandFiles;

/** The command {@code backup:command-file}. */
@Component(
        service = CommandFileCommands.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=command-file"})
public final class CommandFileCommands extends CommandGroup {

    private final Optional<CommandFiles> files;

    @Activate
    public CommandFileCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    CommandFiles files) {
        super("backup", CommandFileVerbs.class);
        this.files = Optional.ofNullable(files);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new CommandFileVerbs(console, files.orElseThrow(ScheduleCommands::missing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("ACTION") ? CommandFileVerbs.ACTIONS : List.of();
    }
}
