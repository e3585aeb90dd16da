package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An app that was removed, or would be. */
@Schema(description = "An app that was removed, or would be.")
record AppRemoval(
        @Schema(required = true) String removed,

        @Schema(required = true, description = "The instances that stop, and stay with their data.")
        List<String> instances,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun) {}
