package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An upgrade that is taken back. */
@Schema(description = "An upgrade that is taken back at the next start of the platform.")
record RolledBackUpgrade(
        @Schema(required = true, description = "The version of PostgreSQL that runs then.")
        String version,

        @Schema(required = true, description = "Whether the platform has to be restarted for it.")
        boolean restartNeeded) {}
