package platform.db.api;

import java.time.Instant;

/**
 * A copy of the server's data folder that was made while the server ran. With the write-ahead log from its first segment on it
 * becomes what the folder was at any later time.
 *
 * @param first the first segment that it needs
 * @param ended the earliest time that it can become
 * @param bytes what its databases take on disk
 */
public record BaseBackup(WalSegment first, Instant ended, long bytes) {}
