package platform.backup.api;

/**
 * A part of a backup.
 *
 * @param name its name; the dump is split into files whose names begin so
 * @param bytes its size
 * @param sha256 SHA-256 of all of it, in hex
 */
public record BackupPart(String name, long bytes, String sha256) {}
