package platform.backup.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What shall be restored.
 *
 * @param file the backup
 * @param as the new instance to make of it, {@code name@domain}; empty is the instance that it was made of
 * @param asIs although the app is an older version here than the one that the backup was made with
 * @param server the database server that an instance that is made is placed on; empty is the default one
 * @param install whether the app's jar that the backup was made with is installed first where the app is missing or older: out of
 *     the file, if it holds it, or of a backup of the manager at the same place or in the usual folder
 */
public record RestoreRequest(
        BackupSource file, Optional<String> as, boolean asIs, Optional<String> server, boolean install) {

    public RestoreRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(as, "as");
        Objects.requireNonNull(server, "server");
    }

    /** With the apps that are here. */
    public RestoreRequest(BackupSource file, Optional<String> as, boolean asIs, Optional<String> server) {
        this(file, as, asIs, server, false);
    }

    /** On the default server. */
    public RestoreRequest(BackupSource file, Optional<String> as, boolean asIs) {
        this(file, as, asIs, Optional.empty());
    }

    /** One that the app's version can stand in the way of. */
    public RestoreRequest(BackupSource file, Optional<String> as) {
        this(file, as, false);
    }
}
