package platform.core.rest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import platform.webserver.api.AcmeCertificates;
import platform.webserver.api.AcmeStatus;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.Certificates;
import platform.webserver.api.WebserverException;

/** Certificates that are only remembered: the platform's own, and one for {@code www.example.com}. */
final class FakeCertificates {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final String WWW = "www.example.com";

    final List<CertificateUpload> uploads = new ArrayList<>();
    private final Map<String, CertificateInfo> byHost = new TreeMap<>();

    FakeCertificates() {
        byHost.put("", info(Optional.empty(), CertificateInfo.Source.DEFAULT));
        byHost.put(WWW, info(Optional.of(WWW), CertificateInfo.Source.UPLOADED));
    }

    Map<Class<?>, Object> all() {
        return Map.of(
                Certificates.class, Fake.of(Certificates.class, this),
                AcmeCertificates.class, Fake.of(AcmeCertificates.class, new FakeAcme()));
    }

    private static CertificateInfo info(Optional<String> host, CertificateInfo.Source source) {
        return new CertificateInfo(
                host, "CN=a", List.of("a"), "CN=ca", AT, AT.plusSeconds(60), "EC 256", false, source, "00ff");
    }

    List<CertificateInfo> list() {
        return List.copyOf(byHost.values());
    }

    CertificateCheck check(CertificateUpload upload) {
        boolean hasKey = new String(upload.content(), StandardCharsets.UTF_8).contains("KEY");
        return new CertificateCheck(
                Optional.of(info(upload.host(), CertificateInfo.Source.UPLOADED)),
                hasKey ? List.of() : List.of("There is no private key in it."),
                List.of("It ends soon."));
    }

    CertificateCheck install(CertificateUpload upload) {
        CertificateCheck check = check(upload);
        if (check.isUsable()) {
            uploads.add(upload);
            byHost.put(upload.host().orElse(""), check.certificate().orElseThrow());
        }
        return check;
    }

    boolean remove(Optional<String> host) {
        return host.isPresent() && byHost.remove(host.get()) != null;
    }

    private static final class FakeAcme {

        List<AcmeStatus> status() {
            return List.of(
                    new AcmeStatus(WWW, Optional.of(AT), 0, ""),
                    new AcmeStatus("far.example.com", Optional.empty(), 3, "Its address is another machine's."));
        }

        CertificateInfo obtain(String host, Consumer<String> progress) {
            if (!host.equals(WWW)) {
                throw new WebserverException("The authority does not reach " + host + ". Open port 80.");
            }
            progress.accept("Ordered.");
            return info(Optional.of(host), CertificateInfo.Source.ACME);
        }
    }
}
