package platform.core.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.WebserverException;

/** Obtains a certificate for every host but one that is "closed". */
final class FakeAcme implements AcmeCertificates {

    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    @Override
    public List<AcmeStatus> status() {
        return List.of(
                new AcmeStatus("www.example.com", Optional.of(UNTIL), 0, ""),
                new AcmeStatus("own.example.com", Optional.empty(), 2, "Port 80 is closed."));
    }

    @Override
    public CertificateInfo obtain(String host, Consumer<String> progress) {
        progress.accept("It is ordered.");
        if (host.equals("closed")) {
            throw new WebserverException("Port 80 is closed. Open it.");
        }
        return new CertificateInfo(
                Optional.of(host),
                "CN=" + host,
                List.of(host),
                "CN=Test CA",
                Instant.parse("2026-10-01T00:00:00Z"),
                UNTIL,
                "EC 256",
                false,
                CertificateInfo.Source.ACME,
                "0123456789abcdef".repeat(4));
    }
}
