package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.webserver.api.CertificateCheck;

/** What was found in a certificate that was imported, or would be. */
@Schema(description = "What was found in a certificate that was imported, or would be.")
record ImportedCertificate(
        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(description = "Absent when none could be read.")
        Certificate certificate,

        @Schema(required = true, description = "Why it cannot be used; empty when it can.")
        List<String> errors,

        @Schema(required = true, description = "What should be known before it is used.")
        List<String> warnings) {

    static ImportedCertificate of(CertificateCheck check, boolean dryRun) {
        return new ImportedCertificate(
                dryRun, check.certificate().map(Certificate::of).orElse(null), check.errors(), check.warnings());
    }
}
