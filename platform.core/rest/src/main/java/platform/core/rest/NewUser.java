package platform.core.rest;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.AccessScope;
import platform.core.api.Role;

/** A user to add. */
@Schema(description = "A user to add.")
record NewUser(
        @Schema(required = true) String name,

        @Schema(required = true, description = "viewer, operator or administrator")
        String role,

        @Schema(description = "By default everything.") String scope,
        @Schema(description = "By default a generated one.") String password) {

    Role wantedRole() {
        return Role.parse(Required.property("role", role));
    }

    AccessScope wantedScope() {
        return Optional.ofNullable(scope).map(AccessScope::parse).orElse(AccessScope.EVERYTHING);
    }

    @Override
    public String toString() {
        return "NewUser[" + name + "]";
    }
}
