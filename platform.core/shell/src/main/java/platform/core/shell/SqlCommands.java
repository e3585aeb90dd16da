package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;
import platform.db.api.SqlConsole;

/** The command {@code db:sql}. */
@Component(
        service = SqlCommands.class,
        property = {"osgi.command.scope=db", "osgi.command.function=sql"})
public final class SqlCommands extends CommandGroup {

    private final Optional<Instances> instances;
    private final Optional<InstanceQuotas> quotas;
    private final Optional<SqlConsole> sql;

    @Activate
    public SqlCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Instances instances,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstanceQuotas quotas,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    SqlConsole sql) {
        super("db", SqlVerbs.class);
        this.instances = Optional.ofNullable(instances);
        this.quotas = Optional.ofNullable(quotas);
        this.sql = Optional.ofNullable(sql);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new SqlVerbs(
                console,
                new InstanceDatabases(instances.orElseThrow(PlatformCommands::managerMissing)),
                quotas.orElseThrow(PlatformCommands::managerMissing),
                sql.orElseThrow(PlatformCommands::managerMissing));
    }

    @Override
    List<String> candidates(String label) {
        return label.equals("INSTANCE") ? InstanceDatabases.names(instances) : List.of();
    }
}
