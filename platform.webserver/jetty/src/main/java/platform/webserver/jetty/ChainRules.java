package platform.webserver.jetty;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What clients ask of a chain, link by link (RFC 5280, CA/Browser Forum's baseline requirements). */
final class ChainRules {

    private static final Duration SOON = Duration.ofDays(14);
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    private final Clock clock;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ChainRules(Clock clock) {
        this.clock = clock;
    }

    List<String> errors() {
        return errors;
    }

    List<String> warnings() {
        return warnings;
    }

    /** @param chain the certificate first, each followed by its issuer's */
    void check(List<X509Certificate> chain) {
        X509Certificate certificate = chain.get(0);
        KeyRules.fault(certificate.getPublicKey()).ifPresent(errors::add);
        checkUse(certificate);
        for (X509Certificate link : chain) {
            checkTime(link);
            checkSignature(link);
        }
        chain.stream().skip(1).forEach(this::checkAuthority);
    }

    private void checkTime(X509Certificate link) {
        Instant now = clock.instant();
        Instant end = link.getNotAfter().toInstant();
        String title = "The certificate of " + CertificateNames.title(link);
        if (now.isAfter(end)) {
            errors.add(title + " has expired on " + day(end) + ". Get a new one.");
        } else if (now.isBefore(link.getNotBefore().toInstant())) {
            errors.add(title + " is not valid before " + day(link.getNotBefore().toInstant())
                    + ". Import it then, or set this machine's clock if that is wrong.");
        } else if (now.plus(SOON).isAfter(end)) {
            warnings.add(title + " expires on " + day(end) + ".");
        }
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** A root is trusted for what it is, not for its signature. */
    private void checkSignature(X509Certificate link) {
        String algorithm = link.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean broken = algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
        if (broken && !Issuers.isSelfSigned(link)) {
            errors.add("The certificate of " + CertificateNames.title(link) + " is signed with " + link.getSigAlgName()
                    + ", which browsers refuse. Get one that is signed with SHA-256.");
        }
    }

    private void checkAuthority(X509Certificate issuer) {
        if (issuer.getBasicConstraints() < 0) {
            errors.add("The certificate of " + CertificateNames.title(issuer)
                    + " has signed another one, but is not that of "
                    + "an authority (CA); clients refuse the chain. Get a certificate from an authority.");
        }
    }

    private void checkUse(X509Certificate certificate) {
        Optional<List<String>> uses = uses(certificate);
        if (uses.isPresent() && !uses.get().contains(SERVER) && !uses.get().contains(ANY_USE)) {
            errors.add(
                    "The certificate is not for servers: its extended key usage lacks serverAuth. Get one that has it.");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[0]) {
            errors.add(
                    "The key may not sign handshakes: the certificate's key usage lacks digitalSignature. Get one that "
                            + "has it.");
        }
        if (CertificateNames.of(certificate).isEmpty()) {
            warnings.add(
                    "The certificate has no alternative names: browsers do not look at its common name, and refuse it.");
        }
        if (certificate.getExtensionValue(TLS_FEATURE) != null) {
            warnings.add(
                    "The certificate demands OCSP stapling, which is off: see docs/webserver.md, or get one without "
                            + "'must staple'.");
        }
        if (Issuers.isSelfSigned(certificate)) {
            warnings.add("The certificate is self-signed: browsers warn of it until they are told to trust it.");
        }
    }

    private Optional<List<String>> uses(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            errors.add("The certificate's extended key usage cannot be read: " + e.getMessage() + ". Get a new one.");
            return Optional.empty();
        }
    }
}
