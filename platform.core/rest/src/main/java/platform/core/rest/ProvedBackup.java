package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.DrillResult;

/** A backup that was restored for a test and found to be whole. */
@Schema(description = "A backup that was restored for a test and found to be whole.")
record ProvedBackup(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "When the backup was made.")
        Instant made,

        @Schema(required = true, description = "When it was proved.")
        Instant proved,

        @Schema(required = true) long rows,

        @Schema(
                required = true,
                description = "SHA-256 of schema and data, the same in the file and in the restored database, in hex.")
        String checksum,

        @Schema(description = "The version of the app that has found the restored database good, when it was asked.")
        String app) {

    static ProvedBackup of(DrillResult result) {
        return new ProvedBackup(
                result.manifest().header().instance(),
                result.manifest().header().made(),
                result.at(),
                result.manifest().allRows(),
                result.checksum(),
                result.app().orElse(null));
    }
}
