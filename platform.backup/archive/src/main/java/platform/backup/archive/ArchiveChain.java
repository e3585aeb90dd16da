package platform.backup.archive;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.backup.api.ArchiveRange;
import platform.db.api.BaseBackup;
import platform.db.api.WalSegment;

/**
 * A write-ahead log without a gap, and the base backups that it can be replayed on.
 *
 * @param name when it began
 * @param target where it is
 * @param system the data folder that it is of
 * @param first its first segment
 * @param last the last one on the target; empty when there is none yet
 * @param until all that was committed until then is on the target
 * @param end why it ended, a sentence; empty while it goes on
 * @param bases the base backups, the oldest first
 */
record ArchiveChain(
        String name,
        String target,
        String system,
        String first,
        String last,
        Instant until,
        String end,
        List<Base> bases) {

    ArchiveChain {
        bases = List.copyOf(bases);
    }

    /**
     * A base backup on the target.
     *
     * @param file its name in the chain's folder
     */
    record Base(String file, String first, Instant ended, long bytes) {

        BaseBackup backup() {
            return new BaseBackup(new WalSegment(first), ended, bytes);
        }
    }

    static ArchiveChain begin(String name, String target, String system, WalSegment first, Instant now) {
        return new ArchiveChain(name, target, system, first.name(), "", now, "", List.of());
    }

    /** The segment that is the next to come to the target. */
    WalSegment next() {
        return last.isEmpty() ? new WalSegment(first) : new WalSegment(last).next();
    }

    boolean goesOn() {
        return end.isEmpty();
    }

    /** To when one can restore; absent without a base backup. */
    Optional<ArchiveRange> range() {
        return bases.stream()
                .findFirst()
                .filter(base -> !base.ended().isAfter(until))
                .map(base -> new ArchiveRange(base.ended(), until, target, bases.size(), end));
    }

    /** The base backup to begin with. */
    Optional<Base> baseFor(Instant to) {
        return bases.stream().filter(base -> !base.ended().isAfter(to)).reduce((older, newer) -> newer);
    }

    ArchiveChain shipped(WalSegment segment) {
        return new ArchiveChain(name, target, system, first, segment.name(), until, end, bases);
    }

    ArchiveChain until(Instant time) {
        return new ArchiveChain(name, target, system, first, last, time, end, bases);
    }

    ArchiveChain ended(String reason) {
        return new ArchiveChain(name, target, system, first, last, until, reason, bases);
    }

    /** The same, on a target of that name. */
    ArchiveChain on(String place) {
        return new ArchiveChain(name, place, system, first, last, until, end, bases);
    }

    ArchiveChain with(Base base) {
        return withBases(Stream.concat(bases.stream(), Stream.of(base)).toList());
    }

    ArchiveChain withBases(List<Base> others) {
        return new ArchiveChain(name, target, system, first, last, until, end, others);
    }
}
