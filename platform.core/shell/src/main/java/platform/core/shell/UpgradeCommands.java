package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Instances;
import platform.db.api.DatabaseUpgrade;

/** The command {@code db:upgrade}. */
@Component(
        service = UpgradeCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=upgrade"})
public final class UpgradeCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<DatabaseUpgrade> upgrade;

    @Activate
    public UpgradeCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseUpgrade upgrade) {
        super("db", UpgradeVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.upgrade = Optional.ofNullable(upgrade);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new UpgradeVerbs(
                console,
                instances.orElseThrow(PlatformCommands::managerMissing),
                upgrade.orElseThrow(PlatformCommands::managerMissing));
    }
}
