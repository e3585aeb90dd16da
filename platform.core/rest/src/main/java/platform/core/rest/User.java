package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.UserInfo;

/** Somebody who may log in. */
@Schema(description = "Somebody who may log in.")
record User(
        @Schema(required = true) String name,

        @Schema(required = true, description = "viewer, operator or administrator")
        String role,

        @Schema(required = true, description = "everything, or *@example.com,acme@example.org")
        String scope,

        @Schema(required = true) boolean enabled,

        @Schema(required = true, description = "Whether a second factor is asked for.")
        boolean totp,

        @Schema(required = true) Instant created,
        @Schema(required = true) Instant passwordChanged) {

    static User of(UserInfo info) {
        return new User(
                info.name(),
                info.role().toString(),
                info.scope().toString(),
                info.enabled(),
                info.totp(),
                info.created(),
                info.passwordChanged());
    }
}
