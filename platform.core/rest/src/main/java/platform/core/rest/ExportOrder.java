package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What shall be written to a file. */
@Schema(description = "What shall be written to a file.")
record ExportOrder(
        @Schema(required = true, description = "The new file on the platform's machine, from / on.")
        String file,

        @Schema(description = "Public keys that open it, age1…. Without one a key is made for this file alone.")
        List<String> recipients,

        @Schema(description = "Whether the jar of the instance's app goes with it, for a platform that lacks it.")
        boolean withApp) {}
