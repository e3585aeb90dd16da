package platform.webserver.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate, without its key.
 *
 * @param host whose it is; empty for the default
 * @param subject its subject, a distinguished name
 * @param names the DNS names and addresses it is valid for
 * @param issuer who signed it, a distinguished name
 * @param keyType algorithm and size: {@code RSA 2048}, {@code EC 256}
 * @param selfSigned whether it vouches for itself: no client trusts it unasked
 * @param source where it comes from
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal digits
 */
public record CertificateInfo(
        Optional<String> host,
        String subject,
        List<String> names,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        String keyType,
        boolean selfSigned,
        Source source,
        String fingerprint) {

    /** Where a certificate comes from. */
    public enum Source {
        /** The platform made it at its first start. */
        DEFAULT,
        /** An administrator brought it. */
        UPLOADED,
        /** It was obtained by ACME (RFC 8555), and is renewed in time. */
        ACME
    }
}
