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
import platform.db.api.Extensions;

/** The command {@code db:extension}. */
@Component(
        service = ExtensionCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=extension"})
public final class ExtensionCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<Extensions> extensions;

    @Activate
    public ExtensionCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Extensions extensions) {
        super("db", ExtensionVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.extensions = Optional.ofNullable(extensions);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new ExtensionVerbs(
                console,
                new InstanceDatabases(instances.orElseThrow(PlatformCommands::managerMissing)),
                extensions.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
