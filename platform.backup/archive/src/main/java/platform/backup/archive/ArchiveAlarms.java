package platform.backup.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** Raises what is wrong with the continuous archiving, and clears what is over. */
final class ArchiveAlarms {

    /** How far the target may be behind. */
    static final Duration LATE = Duration.ofMinutes(10);

    private static final String SOURCE = "backup";
    private static final String GAP = "archive-gap";
    private static final String BEHIND = "archive-late";
    private static final String BASE = "archive-base";
    private static final String FIX = "backup:archive status";

    private final Alarms alarms;
    private final ArchiveBook book;
    private final Clock clock;

    ArchiveAlarms(Alarms alarms, ArchiveBook book, Clock clock) {
        this.alarms = alarms;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Called now and then while archiving is on.
     *
     * @param problem why nothing gets to the target; empty when it does
     * @param baseProblem why there is no base backup; empty when there is
     */
    void show(String problem, String baseProblem) {
        show(GAP, AlarmSeverity.CRITICAL, gap());
        show(BEHIND, AlarmSeverity.MAJOR, late(problem));
        show(
                BASE,
                AlarmSeverity.MAJOR,
                Optional.of(baseProblem)
                        .filter(it -> !it.isEmpty())
                        .map(it -> "No base backup could be made, which is tried again in some minutes: " + it));
    }

    /** A gap is over when one can restore to a time after it. */
    private Optional<String> gap() {
        boolean whole = book.current().flatMap(ArchiveChain::range).isPresent();
        return book.chains().stream()
                .filter(it -> !it.goesOn() && it.range().isPresent())
                .reduce((older, newer) -> newer)
                .filter(it -> !whole)
                .map(it -> "Instances cannot be restored to a time after "
                        + it.until().truncatedTo(ChronoUnit.SECONDS) + " until the next base backup is complete. "
                        + it.end());
    }

    private Optional<String> late(String problem) {
        Instant limit = clock.instant().minus(LATE);
        return book.current()
                .filter(it -> it.until().isBefore(limit))
                .map(it -> "Nothing that was written after "
                        + it.until().truncatedTo(ChronoUnit.SECONDS) + " is on the target " + it.target() + ". "
                        + problem);
    }

    private void show(String code, AlarmSeverity severity, Optional<String> text) {
        Optional<AlarmSpec> wanted = text.map(it -> new AlarmSpec(SOURCE, code, severity, it, FIX));
        Optional<String> told = alarms.active().stream()
                .filter(it -> it.id().equals(SOURCE + "/" + code))
                .map(AlarmInfo::text)
                .findFirst();
        if (!told.equals(wanted.map(AlarmSpec::text))) {
            wanted.ifPresentOrElse(alarms::raise, () -> alarms.clear(SOURCE, code));
        }
    }

    /** Nothing is archived, because somebody wants it so. */
    void clear() {
        List.of(GAP, BEHIND, BASE).forEach(code -> show(code, AlarmSeverity.MAJOR, Optional.empty()));
    }
}
