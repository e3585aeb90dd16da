package platform.core.shell;

import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.WebserverException;

/** What can be done with the certificates that the webserver obtains by itself. */
final class AcmeVerbs {

    private final CommandConsole console;
    private final AcmeCertificates certificates;

    AcmeVerbs(CommandConsole console, AcmeCertificates certificates) {
        this.console = console;
        this.certificates = certificates;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "certificate:acme",
            description = "List the hosts whose certificates are obtained by ACME, and how it stands with each.",
            footer = "%nExample: certificate:acme -o json")
    void list(@Mixin Output output) {
        List<AcmeStatus> found = certificates.status();
        Table table = new Table("HOST", "NEXT", "FAILURES", "PROBLEM");
        found.forEach(
                s -> table.row(s.host(), s.next().map(Instant::toString).orElse("never"), s.failures(), s.problem()));
        output.list(console, found, table);
    }

    @Needs(Role.ADMINISTRATOR)
    @Command(
            name = "certificate:obtain",
            description = "Obtain a certificate by ACME now, and use it from the next handshake on.",
            footer = {
                "%nThe host is one of those in etc/platform.webserver.acme.cfg.",
                "%nExample: certificate:obtain www.example.com"
            })
    void obtain(
            @Parameters(paramLabel = "HOST", description = "The host it is for.") String host, @Mixin Output output) {
        CertificateInfo info = Work.whole(() -> {
            try {
                return certificates.obtain(host, step -> output.progress(console, step));
            } catch (WebserverException e) {
                throw PlatformException.failed(e.getMessage(), e);
            }
        });
        output.text(
                console,
                info,
                "Obtained the certificate for " + info.host().orElse(host) + ", issued by "
                        + Table.visible(info.issuer()) + ", valid until " + info.notAfter() + ".");
    }
}
