package platform.backup.api;

import java.time.Duration;
import java.time.Instant;

/**
 * A backup that was proved: restored into a database of its own, compared, and removed again.
 *
 * @param manifest what it is
 * @param checksum SHA-256 of schema and data, the same in the file and in the restored database, in hex
 * @param at when it was proved
 * @param took how long it took
 */
public record DrillResult(BackupManifest manifest, String checksum, Instant at, Duration took) {}
