package platform.core.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.webserver.api.CertificateInfo;

/** A certificate that HTTPS shows, without its key. */
@Schema(description = "A certificate that HTTPS shows, without its key.")
record Certificate(
        @Schema(required = true, description = "Whose it is; default for that of all hosts that have none.")
        String host,

        @Schema(required = true) String subject,

        @Schema(required = true, description = "The DNS names and addresses that it is valid for.")
        List<String> names,

        @Schema(required = true) String issuer,
        @Schema(required = true) Instant notBefore,
        @Schema(required = true) Instant notAfter,

        @Schema(required = true, description = "Algorithm and size.", examples = "EC 256")
        String keyType,

        @Schema(required = true, description = "Whether no client trusts it unasked.")
        boolean selfSigned,

        @Schema(required = true, description = "default, uploaded or acme")
        String source,

        @Schema(required = true, description = "SHA-256 in hexadecimal digits.")
        String fingerprint) {

    private static final String DEFAULT = "default";

    static Certificate of(CertificateInfo info) {
        return new Certificate(
                info.host().orElse(DEFAULT),
                info.subject(),
                info.names(),
                info.issuer(),
                info.notBefore(),
                info.notAfter(),
                info.keyType(),
                info.selfSigned(),
                Names.of(info.source()),
                info.fingerprint());
    }

    /** The host of a name in a path. */
    static Optional<String> host(String name) {
        return Optional.of(name).filter(it -> !it.equals(DEFAULT));
    }
}
