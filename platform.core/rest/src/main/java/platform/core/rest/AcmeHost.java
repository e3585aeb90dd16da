package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.webserver.api.AcmeStatus;

/** How it stands with a certificate that is obtained by ACME. */
@Schema(description = "How it stands with a certificate that is obtained by ACME.")
record AcmeHost(
        @Schema(required = true) String host,

        @Schema(
                description =
                        "When it is obtained, renewed or tried again; absent when that waits for an administrator.")
        Instant next,

        @Schema(required = true, description = "How many attempts have failed since the last that did not.")
        int failures,

        @Schema(
                required = true,
                description = "Why the last attempt failed, or why there is none; empty when all is well.")
        String problem) {

    static AcmeHost of(AcmeStatus status) {
        return new AcmeHost(status.host(), status.next().orElse(null), status.failures(), status.problem());
    }
}
