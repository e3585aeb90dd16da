package platform.core.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.webserver.api.CertificateUpload;

/** A certificate that shall be used. */
@Schema(description = "A certificate that shall be used: in PEM, or as a key store.")
record NewCertificate(
        @Schema(description = "The host that it is for. By default all that have none of their own.")
        String host,

        @Schema(description = "The certificate with its chain, in PEM; may have the key, too.")
        String certificate,

        @Schema(description = "The private key, in PEM.") String key,

        @Schema(description = "Certificate, chain and key as PKCS#12, in Base64.")
        String keyStore,

        @Schema(description = "What opens the private key.") String passphrase) {

    CertificateUpload upload() {
        return new CertificateUpload(content(), Optional.ofNullable(passphrase), Optional.ofNullable(host));
    }

    private byte[] content() {
        if ((keyStore == null) == (certificate == null) || keyStore != null && key != null) {
            throw ProblemException.invalid("Give either 'certificate', with 'key', or 'keyStore'.");
        }
        return keyStore == null ? pem() : decoded();
    }

    private byte[] pem() {
        return Stream.of(certificate, Optional.ofNullable(key).orElse(""))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] decoded() {
        try {
            return Base64.getMimeDecoder().decode(keyStore);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("The property 'keyStore' is no Base64. Encode it: base64 FILE");
        }
    }

    @Override
    public String toString() {
        return "NewCertificate[" + host + "]";
    }
}
