package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.TokenInfo;

/** What is known of an API token; not the token itself. */
@Schema(description = "What is known of an API token; not the token itself.")
record Token(
        @Schema(required = true) String name,

        @Schema(required = true, description = "In whose name it is used.")
        String user,

        @Schema(required = true, description = "viewer, operator or administrator")
        String role,

        @Schema(required = true, description = "everything, or *@example.com,acme@example.org")
        String scope,

        @Schema(required = true) Instant created,
        @Schema(required = true) Instant expires) {

    static Token of(TokenInfo info) {
        return new Token(
                info.name(),
                info.user(),
                info.role().toString(),
                info.scope().toString(),
                info.created(),
                info.expires());
    }
}
