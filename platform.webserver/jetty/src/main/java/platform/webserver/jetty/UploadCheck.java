package platform.webserver.jetty;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import platform.webserver.api.CertificateCheck;
import platform.webserver.api.CertificateInfo;
import platform.webserver.api.CertificateUpload;
import platform.webserver.api.WebserverException;

/** Checks an upload: whether there is one key, which certificate is the key's, whether the chain holds, whom it is for. */
final class UploadCheck {

    private final Issuers issuers;
    private final Clock clock;
    private final List<String> hosts;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<HostCertificate> found = Optional.empty();

    /** @param hosts the names that a default certificate should fit */
    UploadCheck(Issuers issuers, Clock clock, List<String> hosts) {
        this.issuers = issuers;
        this.clock = clock;
        this.hosts = hosts;
    }

    /** What was found, also where it cannot be used. Call it once. */
    CertificateCheck check(CertificateUpload upload) {
        try {
            Optional<String> host = HostNames.normal(upload.host());
            Material material = UploadReader.read(upload.content(), upload.passphrase());
            warnings.addAll(material.remarks());
            if (upload.passphrase().isPresent() && !material.encrypted()) {
                warnings.add("A passphrase was given, but the private key is not encrypted.");
            }
            found = Optional.of(assembled(host, material));
            checkChain(found.get().chain(), material.certificates());
            checkHosts(found.get());
        } catch (UnusableException | WebserverException e) {
            errors.add(e.getMessage());
        }
        return new CertificateCheck(found.map(HostCertificate::info), List.copyOf(errors), List.copyOf(warnings));
    }

    /** What can be used; empty when there was an error. */
    Optional<HostCertificate> usable() {
        return errors.isEmpty() ? found : Optional.empty();
    }

    private static HostCertificate assembled(Optional<String> host, Material material) throws UnusableException {
        if (material.keys().isEmpty()) {
            throw new UnusableException(
                    "The file has no private key. Add it: in PEM a part that begins with PRIVATE KEY, in DER the key's file.");
        }
        if (material.certificates().isEmpty()) {
            throw new UnusableException("The file has no certificate. Add it, and those of its issuers.");
        }
        if (material.keys().size() > 1) {
            throw new UnusableException("The file has " + material.keys().size()
                    + " different private keys. Leave only the one that belongs to the certificate.");
        }
        PrivateKey key = material.keys().get(0);
        X509Certificate certificate = certificateOf(key, material.certificates());
        List<X509Certificate> chain = Issuers.chain(certificate, material.certificates());
        return new HostCertificate(host, chain, key, CertificateInfo.Source.UPLOADED);
    }

    /** A renewed certificate may stand beside its predecessor. */
    private static X509Certificate certificateOf(PrivateKey key, List<X509Certificate> certificates)
            throws UnusableException {
        return certificates.stream()
                .filter(candidate -> KeyRules.belong(key, candidate.getPublicKey()))
                .max(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow(() ->
                        new UnusableException("The private key belongs to no certificate in the file, not to that "
                                + "of " + CertificateNames.title(certificates.get(0))
                                + " either. Give the key that the certificate was requested with."));
    }

    private void checkChain(List<X509Certificate> chain, List<X509Certificate> given) {
        if (!given.subList(0, Math.min(chain.size(), given.size())).equals(chain)) {
            warnings.add("The certificates were not in the order of the chain, which has been mended.");
        }
        checkEnd(chain.get(chain.size() - 1), given);
        given.stream()
                .filter(certificate -> !chain.contains(certificate))
                .forEach(certificate -> warnings.add("The certificate of " + CertificateNames.title(certificate)
                        + " is not part of the chain, and is left out."));
        ChainRules rules = new ChainRules(clock);
        rules.check(chain);
        errors.addAll(rules.errors());
        warnings.addAll(rules.warnings());
    }

    private void checkEnd(X509Certificate last, List<X509Certificate> given) {
        if (Issuers.isSelfSigned(last) || issuers.isOfKnownRoot(last)) {
            return;
        }
        String issuer = CertificateNames.issuerTitle(last);
        if (given.stream().anyMatch(candidate -> Issuers.isNamedAsIssuer(candidate, last))) {
            errors.add(
                    "The certificate of " + CertificateNames.title(last) + " is not signed by the " + issuer
                            + " in the file, which only has the same name as its issuer. Give the certificate of the right issuer.");
        } else {
            errors.add("The chain has a gap: the certificate of " + issuer + ", which has signed that of "
                    + CertificateNames.title(last)
                    + ", is not in the file and is no root that clients know. Add it, and "
                    + "those above it.");
        }
    }

    private void checkHosts(HostCertificate certificate) {
        List<String> names = certificate.names();
        certificate.host().map(List::of).orElse(hosts).stream()
                .filter(host -> !CertificateNames.cover(names, host))
                .forEach(host -> warnings.add("The certificate is not for " + host + ", but for "
                        + (names.isEmpty() ? "no name at all" : String.join(", ", names)) + "."));
    }
}
