package platform.backup.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What shall be restored.
 *
 * @param file the backup
 * @param as the new instance to make of it, {@code name@domain}; empty is the instance that it was made of
 */
public record RestoreRequest(BackupSource file, Optional<String> as) {
    public RestoreRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(as, "as");
    }
}
