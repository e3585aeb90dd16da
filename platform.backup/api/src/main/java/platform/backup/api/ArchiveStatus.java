package platform.backup.api;

import java.util.List;
import java.util.Optional;

/**
 * How it stands with continuous archiving.
 *
 * @param setup how it is set up; absent when it is off
 * @param ranges to when one can restore, the oldest first
 * @param doing what it is at; empty when it only waits
 * @param waiting how many segments of the write-ahead log are not on the target yet
 * @param problem what is wrong, a sentence or two; empty when nothing is
 */
public record ArchiveStatus(
        Optional<ArchiveSetup> setup, List<ArchiveRange> ranges, String doing, int waiting, String problem) {

    public ArchiveStatus {
        ranges = List.copyOf(ranges);
    }
}
