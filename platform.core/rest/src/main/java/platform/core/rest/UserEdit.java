package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What shall change about a user; what is absent stays as it is. */
@Schema(description = "What shall change about a user; what is absent stays as it is.")
record UserEdit(
        @Schema(description = "viewer, operator or administrator")
        String role,

        @Schema(description = "everything, or *@example.com,acme@example.org")
        String scope,

        @Schema(description = "Whether he may log in.") Boolean enabled) {}
