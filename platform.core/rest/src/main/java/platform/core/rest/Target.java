package platform.core.rest;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.TargetInfo;

/** A place that backups go to. */
@Schema(name = "BackupTarget", description = "A place that backups go to.")
record Target(
        @Schema(required = true) String name,

        @Schema(required = true, description = "With the user.")
        String address,

        @Schema(required = true, description = "Whether a password or key is kept for it.")
        boolean hasSecret,

        @Schema(description = "The fingerprint of the SSH server's key.")
        String hostKey,

        @Schema(description = "The file with the authorities that are believed; absent for those of Java.")
        String authorities,

        @Schema(required = true, description = "What it gets and gives at most, 0 for as much as goes.")
        long bytesPerSecond,

        @Schema(required = true, description = "The instances that are not backed up to it.")
        List<String> excluded) {

    static Target of(TargetInfo info) {
        return new Target(
                info.name(),
                info.address(),
                info.hasSecret(),
                info.hostKey().orElse(null),
                info.authorities().map(Path::toString).orElse(null),
                info.bytesPerSecond(),
                List.copyOf(info.excluded()));
    }
}
