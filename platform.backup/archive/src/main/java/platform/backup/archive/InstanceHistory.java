package platform.backup.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.RunOutcome;
import platform.backup.api.ScheduledBackup;

/**
 * What a schedule remembers of an instance.
 *
 * @param since when the schedule saw it first
 * @param at when its latest backup ended
 * @param outcome how
 * @param bytes how large it is
 * @param problem what went wrong
 * @param complete when the newest complete one ended
 * @param due for which time that was made
 * @param sizes of the last complete ones, the newest last
 */
record InstanceHistory(
        Instant since,
        Optional<Instant> at,
        RunOutcome outcome,
        long bytes,
        String problem,
        Optional<Instant> complete,
        Optional<Instant> due,
        List<Long> sizes) {

    private static final int SIZES = 8;
    private static final int ENOUGH = 3;
    private static final long SMALL = 256 << 10;

    InstanceHistory {
        sizes = List.copyOf(sizes);
    }

    static InstanceHistory of(Instant since) {
        return new InstanceHistory(
                since, Optional.empty(), RunOutcome.MISSED, 0, "", Optional.empty(), Optional.empty(), List.of());
    }

    InstanceHistory with(BackupRunner.Result result, Instant its, Instant now) {
        boolean whole = result.outcome() == RunOutcome.COMPLETE;
        return new InstanceHistory(
                since,
                Optional.of(now),
                result.outcome(),
                result.bytes(),
                result.problem(),
                whole ? Optional.of(now) : complete,
                whole ? Optional.of(its) : due,
                whole ? appended(result.bytes()) : sizes);
    }

    private List<Long> appended(long size) {
        List<Long> all = new ArrayList<>(sizes);
        all.add(size);
        return all.subList(Math.max(0, all.size() - SIZES), all.size());
    }

    /** What is hard to believe about the size of the newest complete one; a change of some KB is nothing. */
    Optional<String> doubt() {
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        long newest = sizes.get(sizes.size() - 1);
        if (newest <= 0) {
            return Optional.of("It is empty");
        }
        List<Long> former = sizes.subList(0, sizes.size() - 1).stream().sorted().toList();
        if (former.size() < ENOUGH) {
            return Optional.empty();
        }
        long usual = former.get(former.size() / 2);
        boolean strange = newest < usual / 2 || newest / 3 > usual;
        return Optional.of("It has " + newest + " bytes, those before it had about " + usual)
                .filter(it -> strange && Math.abs(newest - usual) > SMALL);
    }

    ScheduledBackup shown(String instance) {
        return new ScheduledBackup(
                instance,
                at.map(InstanceHistory::rounded),
                outcome,
                bytes,
                problem,
                complete.map(InstanceHistory::rounded));
    }

    private static Instant rounded(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
