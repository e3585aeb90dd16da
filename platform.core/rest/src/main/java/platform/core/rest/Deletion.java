package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was removed, or would be. */
@Schema(description = "What was removed, or would be.")
record Deletion(
        @Schema(required = true) String removed,

        @Schema(required = true, description = "Of the database that goes with it.")
        long bytes,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun) {}
