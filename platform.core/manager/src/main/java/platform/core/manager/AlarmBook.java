package platform.core.manager;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;

/** The alarms in memory, and which of them the database does not know yet. Any thread may call it. */
final class AlarmBook {

    /** How many that are over are kept. */
    static final int HISTORY = 1000;

    private static final int ACTIVE_OF_A_SOURCE = 100;
    private static final Comparator<AlarmInfo> WORST_FIRST = Comparator.comparing(AlarmInfo::severity)
            .thenComparing(AlarmInfo::first)
            .reversed()
            .thenComparing(AlarmInfo::id);

    private final Clock clock;
    private final Map<String, AlarmInfo> active = new LinkedHashMap<>();
    private final Deque<AlarmInfo> history = new ArrayDeque<>();
    private final Map<String, AlarmInfo> unwritten = new LinkedHashMap<>();

    /** @param written what the database knows, the last cleared first */
    AlarmBook(Clock clock, List<AlarmInfo> written) {
        this.clock = clock;
        for (AlarmInfo alarm : written) {
            if (alarm.cleared().isEmpty()) {
                active.put(alarm.id(), alarm);
            } else {
                history.addLast(alarm);
            }
        }
        trim();
    }

    /** What became of a raised alarm. */
    enum Raised {
        NEW,
        AGAIN,
        WORSE,
        TOO_MANY
    }

    synchronized Raised raise(AlarmSpec spec) {
        AlarmInfo before = active.get(spec.source() + "/" + spec.code());
        if (before == null && count(spec.source()) >= ACTIVE_OF_A_SOURCE) {
            return Raised.TOO_MANY;
        }
        Instant now = now();
        AlarmInfo alarm = before == null
                ? info(spec, unusedFirst(spec, now), now, 1)
                : info(spec, before.first(), now, before.count() + 1);
        active.put(alarm.id(), alarm);
        note(alarm);
        if (before == null) {
            return Raised.NEW;
        }
        return alarm.severity().compareTo(before.severity()) > 0 ? Raised.WORSE : Raised.AGAIN;
    }

    private long count(String source) {
        return active.values().stream().filter(it -> it.source().equals(source)).count();
    }

    /** The database tells two alarms of one source and code apart by when they began. */
    private Instant unusedFirst(AlarmSpec spec, Instant now) {
        return history.stream()
                .filter(it -> it.source().equals(spec.source()) && it.code().equals(spec.code()))
                .map(it -> it.first().plusMillis(1))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    private static AlarmInfo info(AlarmSpec spec, Instant first, Instant now, long count) {
        return new AlarmInfo(
                spec.source(),
                spec.code(),
                spec.severity(),
                spec.text(),
                spec.fix(),
                first,
                now.isBefore(first) ? first : now,
                count,
                Optional.empty());
    }

    /** Returns the alarm that was cleared; empty when it was not active. */
    synchronized Optional<AlarmInfo> clear(String source, String code) {
        AlarmInfo was = active.remove(source + "/" + code);
        if (was == null) {
            return Optional.empty();
        }
        AlarmInfo over = new AlarmInfo(
                was.source(),
                was.code(),
                was.severity(),
                was.text(),
                was.fix(),
                was.first(),
                was.last(),
                was.count(),
                Optional.of(now()));
        history.addFirst(over);
        trim();
        note(over);
        return Optional.of(over);
    }

    synchronized List<AlarmInfo> active() {
        return active.values().stream().sorted(WORST_FIRST).toList();
    }

    synchronized List<AlarmInfo> history(int limit) {
        return history.stream().limit(limit).toList();
    }

    /** What the database does not know yet. */
    synchronized List<AlarmInfo> unwritten() {
        return List.copyOf(unwritten.values());
    }

    /** The database knows these now; what has changed meanwhile stays unwritten. */
    synchronized void written(Collection<AlarmInfo> alarms) {
        alarms.forEach(alarm -> unwritten.remove(key(alarm), alarm));
    }

    private void note(AlarmInfo alarm) {
        unwritten.put(key(alarm), alarm);
        if (unwritten.size() > 2 * HISTORY) {
            // The database is away for long: what is over longest is forgotten.
            unwritten.values().stream()
                    .filter(it -> it.cleared().isPresent())
                    .findFirst()
                    .ifPresent(it -> unwritten.remove(key(it)));
        }
    }

    private static String key(AlarmInfo alarm) {
        return alarm.id() + "/" + alarm.first();
    }

    private void trim() {
        while (history.size() > HISTORY) {
            history.removeLast();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
