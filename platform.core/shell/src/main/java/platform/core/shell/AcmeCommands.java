package platform.core.shell;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import platform.core.api.PlatformException;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;

/** The commands of the scope {@code certificate} that have to do with ACME. */
@Component(
        service = AcmeCommands.class,
        property = {"osgi.command.scope=certificate", "osgi.command.function=acme", "osgi.command.function=obtain"})
public final class AcmeCommands extends CommandGroup {

    private final Optional<AcmeCertificates> certificates;

    @Activate
    public AcmeCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    AcmeCertificates certificates) {
        super("certificate", AcmeVerbs.class);
        this.certificates = Optional.ofNullable(certificates);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new AcmeVerbs(
                console,
                certificates.orElseThrow(() -> new PlatformException(
                        PlatformException.Kind.CONFLICT,
                        "The webserver is not running or still starting. The platform's log says more.")));
    }

    @Override
    List<String> candidates(String label) {
        if (!label.equals("HOST")) {
            return List.of();
        }
        return certificates.stream()
                .flatMap(c -> c.status().stream())
                .map(AcmeStatus::host)
                .toList();
    }
}
