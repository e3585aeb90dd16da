package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupRun;

/** A backup that was made. */
@Schema(description = "A backup that was made.")
record MadeBackup(
        @Schema(required = true) Backup backup,

        @Schema(required = true, description = "How many rows all tables have.")
        long rows,

        @Schema(
                description = "The key that opens the platform's backups, when it was made for this one: the only"
                        + " time that it is shown. Keep it elsewhere, too.")
        String newKey) {

    static MadeBackup of(BackupRun run) {
        return new MadeBackup(
                Backup.of(run.backup()), run.manifest().allRows(), run.newKey().orElse(null));
    }

    @Override
    public String toString() {
        return "MadeBackup[" + backup + "]";
    }
}
