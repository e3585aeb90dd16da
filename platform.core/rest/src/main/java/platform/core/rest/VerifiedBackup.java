package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupManifest;

/** A backup of which every byte was found to be as it was written. */
@Schema(description = "A backup of which every byte was found to be as it was written.")
record VerifiedBackup(
        @Schema(required = true) String instance,
        @Schema(required = true) String app,
        @Schema(required = true) String appVersion,
        @Schema(required = true) Instant made,
        @Schema(required = true) long rows) {

    static VerifiedBackup of(BackupManifest manifest) {
        return new VerifiedBackup(
                manifest.header().instance(),
                manifest.header().app(),
                manifest.header().appVersion(),
                manifest.header().made(),
                manifest.allRows());
    }
}
