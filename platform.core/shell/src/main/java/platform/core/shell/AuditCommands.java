package platform.core.shell;

import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.Audit;

/** The commands of the scope {@code audit}. */
@Component(
        service = AuditCommands.class,
        property = {
            "osgi.command.scope=audit",
            "osgi.command.function=list",
            "osgi.command.function=verify",
            "osgi.command.function=export"
        })
public final class AuditCommands extends CommandGroup {

    private final Optional<Audit> audit;

    @Activate
    public AuditCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Audit audit) {
        super("audit", AuditVerbs.class);
        this.audit = Optional.ofNullable(audit);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AuditVerbs(console, audit.orElseThrow(PlatformCommands::managerMissing));
    }
}
