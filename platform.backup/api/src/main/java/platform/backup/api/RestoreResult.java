package platform.backup.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance that was restored.
 *
 * @param instance which
 * @param manifest what it was restored from
 * @param took how long it took
 * @param formerDatabase the name of the database that it had before, which is kept for a while; absent when it is new
 * @param keptUntil until when
 * @param password its instance password when it is new: the only time that it is shown. Never in {@link #toString()}
 */
public record RestoreResult(
        String instance,
        BackupManifest manifest,
        Duration took,
        Optional<String> formerDatabase,
        Optional<Instant> keptUntil,
        Optional<String> password) {

    @Override
    public String toString() {
        return "RestoreResult[instance=" + instance + ", took=" + took + "]";
    }
}
