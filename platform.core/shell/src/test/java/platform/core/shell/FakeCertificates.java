package platform.core.shell;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateInfo.Source;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/** Takes every upload but one that says "bad"; there is a warning in each. */
final class FakeCertificates implements Certificates {

    final List<CertificateUpload> installed = new ArrayList<>();
    boolean full;

    private static CertificateInfo info(Optional<String> host, Source source) {
        return new CertificateInfo(
                host,
                "CN=" + host.orElse("localhost"),
                List.of(host.orElse("localhost")),
                source == Source.DEFAULT ? "CN=localhost" : "CN=Test CA",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                "EC 256",
                source == Source.DEFAULT,
                source,
                "0123456789abcdef".repeat(4));
    }

    @Override
    public CertificateCheck check(CertificateUpload upload) {
        String content = new String(upload.content(), StandardCharsets.UTF_8);
        boolean bad = content.contains("bad");
        return new CertificateCheck(
                Optional.of(info(upload.host(), Source.UPLOADED)).filter(info -> !content.contains("nothing in it")),
                bad ? List.of("It is bad. Get another.", "It is old.") : List.of(),
                List.of("It smells."));
    }

    @Override
    public CertificateCheck install(CertificateUpload upload) {
        if (full) {
            throw new WebserverException("The disk is full.");
        }
        CertificateCheck check = check(upload);
        if (check.isUsable()) {
            installed.add(upload);
        }
        return check;
    }

    @Override
    public CertificateInfo install(Optional<String> host, List<X509Certificate> chain, PrivateKey key) {
        throw new UnsupportedOperationException("not by the shell");
    }

    @Override
    public List<CertificateInfo> list() {
        List<CertificateInfo> list = new ArrayList<>(List.of(info(Optional.empty(), Source.DEFAULT)));
        installed.stream()
                .filter(upload -> upload.host().isPresent())
                .forEach(upload -> list.add(info(upload.host(), Source.UPLOADED)));
        return list;
    }

    @Override
    public boolean remove(Optional<String> host) {
        return installed.removeIf(upload -> upload.host().equals(host));
    }

    @Override
    public List<String> hosts() {
        return List.of();
    }
}
