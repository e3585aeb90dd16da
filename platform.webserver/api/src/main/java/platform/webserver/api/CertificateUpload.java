package platform.webserver.api;

import java.util.Optional;

/**
 * A certificate with its chain and its private key, as an administrator has it.
 *
 * @param content PEM with the parts in any order, or PKCS#12
 * @param passphrase what opens the private key; empty when it is not encrypted
 * @param host the host it is for, {@code www.example.com} or {@code *.example.com}; empty for the default
 */
public record CertificateUpload(byte[] content, Optional<String> passphrase, Optional<String> host) {

    /** In bytes: more than any certificate has, so that a wrong file is refused before it is read to its end. */
    public static final int LARGEST = 2 << 20;

    /** Without what is in it. */
    @Override
    public String toString() {
        return "CertificateUpload[" + content.length + " bytes, host=" + host.orElse("(default)") + "]";
    }
}
