package platform.webserver.api;

import java.util.List;
import java.util.Optional;

/**
 * What was found in an upload.
 *
 * @param certificate the certificate; empty when none could be read
 * @param errors why it cannot be used, a sentence or two each; empty when it can
 * @param warnings what should be known before it is used, a sentence or two each
 */
public record CertificateCheck(Optional<CertificateInfo> certificate, List<String> errors, List<String> warnings) {

    /** Whether it can be used. */
    public boolean isUsable() {
        return errors.isEmpty();
    }
}
