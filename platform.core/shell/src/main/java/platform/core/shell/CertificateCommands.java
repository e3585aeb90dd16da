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
import platform.webserver.api.Certificates;

/** The commands of the scope {@code certificate}. */
@Component(
        service = CertificateCommands.class,
        property = {
            "osgi.command.scope=certificate",
            "osgi.command.function=list",
            "osgi.command.function=import",
            "osgi.command.function=remove"
        })
public final class CertificateCommands extends CommandGroup {

    private final Optional<Certificates> certificates;

    @Activate
    public CertificateCommands(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Certificates certificates) {
        super("certificate", CertificateVerbs.class);
        this.certificates = Optional.ofNullable(certificates);
    }

    @Override
    Object verbs(CommandSession session, CommandConsole console) {
        return new CertificateVerbs(
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
                .flatMap(c -> c.list().stream())
                .flatMap(info -> info.host().stream())
                .toList();
    }
}
