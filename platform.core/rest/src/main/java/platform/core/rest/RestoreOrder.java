package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What shall be restored. */
@Schema(description = "What shall be restored.")
record RestoreOrder(
        @Schema(required = true, description = "The backup's name, as the list of backups has it.")
        String name,

        @Schema(
                description = "The name of a target, or the path of a folder. By default the platform's own folder."
                        + " Takes an administrator.")
        String place,

        @Schema(description = "The new instance to make of it, name@domain. Takes an administrator.")
        String as,

        @Schema(description = "Although the app is older here than the one that the backup was made with.")
        boolean asIs) {}
