package platform.backup.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An instance that was written to a file.
 *
 * @param file the file
 * @param bytes its size
 * @param manifest what is in it
 * @param took how long it took
 * @param key the secret key that opens it, when it was made for this file: the only time that it is shown. Never in
 *     {@link #toString()}
 */
public record ExportResult(Path file, long bytes, BackupManifest manifest, Duration took, Optional<String> key) {

    @Override
    public String toString() {
        return "ExportResult[file=" + file + ", took=" + took + "]";
    }
}
