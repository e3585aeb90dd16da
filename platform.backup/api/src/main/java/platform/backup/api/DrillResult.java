package platform.backup.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that was proved: restored into a database of its own, compared, and removed again.
 *
 * @param manifest what it is
 * @param checksum SHA-256 of schema and data, the same in the file and in the restored database, in hex
 * @param app the version of the app that has looked at the restored database and found it good; absent when none was asked
 * @param at when it was proved
 * @param took how long it took
 */
public record DrillResult(BackupManifest manifest, String checksum, Optional<String> app, Instant at, Duration took) {}
