package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which tables shall be restored. */
@Schema(description = "Which tables shall be restored.")
record TablesOrder(
        @Schema(required = true, description = "The backup's name, as the list of backups has it.")
        String name,

        @Schema(
                description = "The name of a target, or the path of a folder. By default the platform's own folder."
                        + " Takes an administrator.")
        String place,

        @Schema(required = true, description = "The tables, as schema.name.")
        List<String> tables,

        @Schema(
                description = "Whether their rows take the place of those that the tables have now, in one transaction."
                        + " If not, they come into new tables beside them.")
        boolean replace) {}
