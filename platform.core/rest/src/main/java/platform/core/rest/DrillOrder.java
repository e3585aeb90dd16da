package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which backup shall be proved, and how. */
@Schema(description = "Which backup shall be proved, and how.")
record DrillOrder(
        @Schema(required = true, description = "The backup's name, as the list of backups has it.")
        String name,

        @Schema(
                description = "The name of a target, or the path of a folder. By default the platform's own folder."
                        + " Takes an administrator.")
        String place,

        @Schema(
                description = "Whether the instance's app looks at the restored database, too: it is brought up to"
                        + " date for the version that is here.")
        boolean appCheck) {}
