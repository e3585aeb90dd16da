package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A backup of the instance that the path names. */
@Schema(description = "A backup of the instance that the path names.")
record BackupChoice(
        @Schema(required = true, description = "Its name, as the list of backups has it.")
        String name,

        @Schema(
                description = "The name of a target, or the path of a folder. By default the platform's own folder."
                        + " Takes an administrator.")
        String place) {}
