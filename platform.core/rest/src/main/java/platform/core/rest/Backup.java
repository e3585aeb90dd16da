package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupFile;

/** A backup that is complete. */
@Schema(description = "A backup that is complete.")
record Backup(
        @Schema(required = true, description = "Of which instance, or manager.")
        String instance,

        @Schema(required = true, description = "The name of a target, or the path of a folder.")
        String place,

        @Schema(required = true, description = "Its name at that place.")
        String name,

        @Schema(required = true, description = "When its snapshot was taken.")
        Instant made,

        @Schema(required = true) long bytes,

        @Schema(description = "When it was last restored for a test and found to be whole; absent when it never was.")
        Instant proved) {

    static Backup of(BackupFile backup) {
        return new Backup(
                backup.instance(),
                backup.file().place(),
                backup.file().name(),
                backup.made(),
                backup.bytes(),
                backup.proved().orElse(null));
    }
}
