package platform.core.rest;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.AccessScope;
import platform.core.api.Role;

/** A token to make. */
@Schema(description = "A token to make.")
record NewToken(
        @Schema(required = true) String name,

        @Schema(required = true, description = "In whose name it is used.")
        String user,

        @Schema(required = true, description = "viewer, operator or administrator")
        String role,

        @Schema(description = "By default everything.") String scope,
        @Schema(required = true) Instant expires) {

    Role wantedRole() {
        return Role.parse(Required.property("role", role));
    }

    AccessScope wantedScope() {
        return Optional.ofNullable(scope).map(AccessScope::parse).orElse(AccessScope.EVERYTHING);
    }
}
