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
 */
public record RestoreRequest(BackupSource file, Optional<String> as, boolean asIs, Optional<String> server) {

    public RestoreRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(as, "as");
        Objects.requireNonNull(server, "server");
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
