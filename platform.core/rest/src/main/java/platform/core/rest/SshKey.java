package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.UserKey;

/** A public SSH key by which a user may log in. */
@Schema(description = "A public SSH key by which a user may log in.")
record SshKey(
        @Schema(required = true) String user,

        @Schema(required = true, description = "As OpenSSH shows it: SHA256:…")
        String fingerprint,

        @Schema(required = true, examples = "ssh-ed25519") String type,

        @Schema(required = true, description = "What its owner calls it; may be empty.")
        String comment,

        @Schema(required = true) Instant added) {

    static SshKey of(UserKey key) {
        return new SshKey(key.user(), key.fingerprint(), key.type(), key.comment(), key.added());
    }
}
