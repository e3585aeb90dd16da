package platform.backup.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import platform.backup.api.Retention;

/** Which of the kept backups of one instance are needed no longer. */
final class RetentionRule {

    private final Retention retention;
    private final ZoneId zone;

    RetentionRule(Retention retention, ZoneId zone) {
        this.retention = retention;
        this.zone = zone;
    }

    /** A backup that is kept. */
    record Kept(String name, Instant time, boolean complete) {}

    /**
     * What may be removed. Never the newest complete backup nor anything younger; one that is not complete counts for nothing,
     * and goes when a complete one is younger.
     */
    List<Kept> expendable(List<Kept> backups) {
        List<Kept> complete = backups.stream()
                .filter(Kept::complete)
                .sorted(Comparator.comparing(Kept::time)
                        .thenComparing(Kept::name)
                        .reversed())
                .toList();
        if (retention.isEverything() || complete.isEmpty()) {
            return List.of();
        }
        Set<Kept> needed = needed(complete);
        Instant newest = complete.get(0).time();
        return backups.stream()
                .filter(it -> it.time().isBefore(newest))
                .filter(it -> !needed.contains(it))
                .toList();
    }

    private Set<Kept> needed(List<Kept> newestFirst) {
        Set<Kept> needed = new HashSet<>(newestFirst.subList(0, Math.min(retention.last(), newestFirst.size())));
        needed.addAll(newestOfEach(newestFirst, retention.daily(), day -> day));
        needed.addAll(newestOfEach(newestFirst, retention.weekly(), RetentionRule::week));
        needed.addAll(newestOfEach(newestFirst, retention.monthly(), day -> day.withDayOfMonth(1)));
        return needed;
    }

    private List<Kept> newestOfEach(List<Kept> newestFirst, int count, Function<LocalDate, Object> period) {
        List<Kept> found = new ArrayList<>();
        Optional<Object> former = Optional.empty();
        for (Kept backup : newestFirst) {
            Optional<Object> its = Optional.of(period.apply(LocalDate.ofInstant(backup.time(), zone)));
            if (found.size() < count && !its.equals(former)) {
                found.add(backup);
            }
            former = its;
        }
        return found;
    }

    private static Object week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
