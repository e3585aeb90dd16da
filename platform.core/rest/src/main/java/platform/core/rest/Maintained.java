package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.db.api.MaintenanceResult;

/** What the maintenance of a database has done. */
@Schema(name = "Maintenance", description = "What the maintenance of a database has done.")
record Maintained(
        @Schema(required = true) String database,

        @Schema(required = true, description = "How many were worked on.")
        int tables,

        @Schema(required = true, description = "What was left out, and why.")
        List<String> skipped,

        @Schema(required = true) long bytesBefore,
        @Schema(required = true) long bytesAfter,
        @Schema(required = true) double seconds) {

    static Maintained of(MaintenanceResult result) {
        return new Maintained(
                result.database(),
                result.tables(),
                result.skipped(),
                result.bytesBefore(),
                result.bytesAfter(),
                Times.seconds(result.took()));
    }
}
