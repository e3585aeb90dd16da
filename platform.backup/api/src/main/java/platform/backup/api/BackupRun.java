package platform.backup.api;

import java.time.Duration;
import java.util.Optional;

/**
 * A backup that was made.
 *
 * @param backup the file
 * @param manifest what is in it
 * @param took how long it took
 * @param newKey the platform's secret key, when it was made for this backup: the only time that it is shown. Never in
 *     {@link #toString()}
 */
public record BackupRun(BackupFile backup, BackupManifest manifest, Duration took, Optional<String> newKey) {

    @Override
    public String toString() {
        return "BackupRun[backup=" + backup + ", took=" + took + "]";
    }
}
