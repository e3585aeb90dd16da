package platform.backup.api;

import java.time.Duration;

/**
 * How continuous archiving is set up.
 *
 * @param target where to: a target's name, or the absolute path of a folder
 * @param every how often a base backup is made
 * @param keep how far back one can restore
 */
public record ArchiveSetup(String target, Duration every, Duration keep) {}
