package platform.backup.api;

import java.time.Instant;

/**
 * A span of time to any moment of which an instance can be restored.
 *
 * @param from its beginning, the end of its first base backup
 * @param until its end
 * @param target where it is kept
 * @param bases how many base backups it has
 * @param end why it ended, a sentence; empty when it goes on
 */
public record ArchiveRange(Instant from, Instant until, String target, int bases, String end) {}
