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
import platform.db.api.DatabaseStatistics;
import platform.db.api.Maintenance;

/** The commands of the scope {@code db} that look after the instances' databases. */
@Component(
        service = DatabaseCommands.class,
        property = {
            "osgi.command.scope=db",
            "osgi.command.function=list",
            "osgi.command.function=info",
            "osgi.command.function=vacuum",
            "osgi.command.function=reindex"
        })
public final class DatabaseCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<DatabaseStatistics> statistics;
    private final Optional<Maintenance> maintenance;

    @Activate
    public DatabaseCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    DatabaseStatistics statistics,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Maintenance maintenance) {
        super("db", DatabaseVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.statistics = Optional.ofNullable(statistics);
        this.maintenance = Optional.ofNullable(maintenance);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new DatabaseVerbs(
                console,
                new InstanceDatabases(instances.orElseThrow(PlatformCommands::managerMissing)),
                statistics.orElseThrow(PlatformCommands::managerMissing),
                maintenance.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
