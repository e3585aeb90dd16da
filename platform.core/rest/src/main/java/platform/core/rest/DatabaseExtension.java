package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.ExtensionStatus;

/** An extension that a database has or may have. */
@Schema(description = "An extension that a database has or may have.")
record DatabaseExtension(
        @Schema(required = true) String name,

        @Schema(description = "The version that the database has; absent when it has none.")
        String installed,

        @Schema(required = true, description = "The version that would be installed.")
        String available,

        @Schema(required = true, description = "Whether PostgreSQL lets the instance create it by itself.")
        boolean trusted,

        @Schema(required = true, description = "Whether the platform's settings let it be created.")
        boolean allowed,

        @Schema(required = true, description = "What it is for.")
        String comment) {

    static DatabaseExtension of(ExtensionStatus status) {
        return new DatabaseExtension(
                status.name(),
                status.installed().orElse(null),
                status.available(),
                status.trusted(),
                status.allowed(),
                status.comment());
    }
}
