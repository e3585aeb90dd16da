package platform.core.rest;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.BackupSource;
import platform.backup.api.RestoreRequest;
import platform.core.api.InstanceId;

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
        boolean asIs,

        @Schema(
                description = "The database server that a new instance is placed on. By default the platform's own."
                        + " Takes an administrator.")
        String server,

        @Schema(
                description =
                        "Where the app is missing or older, install the one that the backup was made with, first: out of"
                                + " the backup, or of one of the manager at the same place. Takes an administrator.")
        boolean install) {

    RestoreRequest request(BackupSource backup) {
        return new RestoreRequest(
                backup,
                Optional.ofNullable(as).map(InstanceId::parse).map(InstanceId::toString),
                asIs,
                Optional.ofNullable(server),
                install);
    }
}
