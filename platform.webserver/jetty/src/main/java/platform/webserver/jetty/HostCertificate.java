package platform.webserver.jetty;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import platform.webserver.api.CertificateInfo;

/** A certificate with its key, for a host or for all. What each handshake and each request asks is worked out once. */
final class HostCertificate {

    private final Optional<String> host;
    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final CertificateInfo.Source source;
    private final List<String> names;
    private final boolean selfSigned;

    /**
     * @param host whose it is; empty for the default
     * @param chain the certificate first, each followed by its issuer's
     */
    HostCertificate(Optional<String> host, List<X509Certificate> chain, PrivateKey key, CertificateInfo.Source source) {
        this.host = host;
        this.chain = chain;
        this.key = key;
        this.source = source;
        this.names = CertificateNames.of(certificate());
        this.selfSigned = Issuers.isSelfSigned(certificate());
    }

    Optional<String> host() {
        return host;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    CertificateInfo.Source source() {
        return source;
    }

    List<String> names() {
        return names;
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    boolean covers(String name) {
        return CertificateNames.cover(names, name);
    }

    boolean isSelfSigned() {
        return selfSigned;
    }

    CertificateInfo info() {
        X509Certificate certificate = certificate();
        return new CertificateInfo(
                host,
                certificate.getSubjectX500Principal().toString(),
                names,
                certificate.getIssuerX500Principal().toString(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                keyType(certificate),
                selfSigned,
                source,
                fingerprint(certificate));
    }

    private static String keyType(X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey key) {
            return "RSA " + key.getModulus().bitLength();
        }
        if (certificate.getPublicKey() instanceof ECPublicKey key) {
            return "EC " + key.getParams().getCurve().getField().getFieldSize();
        }
        return certificate.getPublicKey().getAlgorithm();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate without an encoding: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HostCertificate[" + host.orElse("(default)") + ", " + CertificateNames.title(certificate()) + "]";
    }
}
