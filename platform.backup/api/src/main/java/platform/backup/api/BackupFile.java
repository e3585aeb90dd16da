package platform.backup.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup that is complete.
 *
 * @param file where it is
 * @param instance of which instance, {@code name@domain}, or {@link Backups#MANAGER}
 * @param made when its snapshot was taken
 * @param bytes its size
 * @param proved when it was last restored for a test and found to be whole; absent when it never was
 */
public record BackupFile(BackupSource file, String instance, Instant made, long bytes, Optional<Instant> proved) {}
