package platform.core.rest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.TargetSetup;

/** A place that backups shall go to. */
@Schema(name = "NewBackupTarget", description = "A place that backups shall go to.")
record NewTarget(
        @Schema(
                required = true,
                description = "Without a password: file:, https:, sftp: or s3:.",
                examples = "sftp://backup@vault.example.com/~/backups/")
        String address,

        @Schema(description = "The password, the secret of the access key, or a private key for SSH.")
        String secret,

        @Schema(description = "The fingerprint of the SSH server's key, as ssh-keygen -l prints it.")
        String hostKey,

        @Schema(description = "A file on the platform's machine with the authorities that are believed, in PEM.")
        String authorities,

        @Schema(description = "What it gets and gives at most; 0 or absent for as much as goes.")
        long bytesPerSecond,

        @Schema(description = "The instances that are not backed up to it.")
        List<String> excluded) {

    TargetSetup setup(String name) {
        return new TargetSetup(
                name,
                Required.property("address", address),
                Optional.ofNullable(secret),
                Optional.ofNullable(hostKey),
                Optional.ofNullable(authorities).map(NewTarget::path),
                bytesPerSecond,
                new TreeSet<>(Required.elements("excluded", excluded)));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw ProblemException.invalid("The property 'authorities' is no path: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "NewTarget[" + address + "]";
    }
}
