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
import platform.core.api.Acknowledgement;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;

/** The alarms in memory, and which of them the database does not know yet. Any thread may call it. */
final class AlarmBook {

    /** How many wait to be written while the database is away. */
    private static final int UNWRITTEN = 2000;

    private static final int ACTIVE_OF_A_SOURCE = 100;
    private static final Comparator<AlarmInfo> WORST_FIRST = Comparator.comparing(AlarmInfo::severity)
            .thenComparing(AlarmInfo::first)
            .reversed()
            .thenComparing(AlarmInfo::id);

    private final Clock clock;
    private final Map<String, AlarmInfo> active = new LinkedHashMap<>();
    private final Deque<AlarmInfo> history = new ArrayDeque<>();
    private final Map<String, AlarmInfo> unwritten = new LinkedHashMap<>();
    private AlarmRetention retention = AlarmRetention.DEFAULT;

    AlarmBook(Clock clock, List<AlarmInfo> written) {
        this.clock = clock;
        learn(written);
    }

    /**
     * Takes over what the database knows. An alarm that was raised here meanwhile is the same one, raised again.
     *
     * @param written the last cleared first
     */
    synchronized void learn(List<AlarmInfo> written) {
        for (AlarmInfo alarm : written) {
            if (alarm.cleared().isPresent()) {
                history.addLast(alarm);
            } else {
                AlarmInfo meanwhile = active.put(alarm.id(), alarm);
                if (meanwhile != null) {
                    unwritten.remove(key(meanwhile));
                    put(meanwhile.begunWith(alarm));
                }
            }
        }
        trim();
    }

    synchronized void keep(AlarmRetention history) {
        retention = history;
        trim();
    }

    synchronized AlarmRetention retention() {
        return retention;
    }

    /** What became of a raised alarm. */
    enum Raised {
        NEW,
        AGAIN,
        WORSE,
        TOO_MANY
    }

    synchronized Raised raise(AlarmSpec spec) {
        AlarmInfo before = active.get(spec.id());
        if (before == null && count(spec.source()) >= ACTIVE_OF_A_SOURCE) {
            return Raised.TOO_MANY;
        }
        Instant now = now();
        Instant first = before == null ? unusedFirst(spec, now) : before.first();
        long count = before == null ? 1 : before.count() + 1;
        AlarmInfo raised = AlarmInfo.of(spec, first, now.isBefore(first) ? first : now, count);
        boolean isWorse = before != null && spec.severity().compareTo(before.severity()) > 0;
        put(before == null || isWorse ? raised : raised.acknowledgedBy(before.acknowledged()));
        return before == null ? Raised.NEW : isWorse ? Raised.WORSE : Raised.AGAIN;
    }

    private void put(AlarmInfo alarm) {
        active.put(alarm.id(), alarm);
        note(alarm);
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

    /** Returns the alarm that was cleared; empty when it was not active. */
    synchronized Optional<AlarmInfo> clear(String source, String code) {
        Optional<AlarmInfo> over =
                Optional.ofNullable(active.remove(source + "/" + code)).map(was -> was.clearedAt(now()));
        over.ifPresent(alarm -> {
            history.addFirst(alarm);
            trim();
            note(alarm);
        });
        return over;
    }

    /** Returns the alarm as it is then; empty when it is not active. */
    synchronized Optional<AlarmInfo> acknowledge(String source, String code, String by) {
        Optional<AlarmInfo> seen = Optional.ofNullable(active.get(source + "/" + code))
                .map(it -> it.acknowledgedBy(Optional.of(new Acknowledgement(now(), by))));
        seen.ifPresent(this::put);
        return seen;
    }

    /** An active one, by its {@link AlarmInfo#id}. */
    synchronized Optional<AlarmInfo> find(String id) {
        return Optional.ofNullable(active.get(id));
    }

    synchronized List<AlarmInfo> active() {
        return active.values().stream().sorted(WORST_FIRST).toList();
    }

    synchronized List<AlarmInfo> history(int limit) {
        trim();
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
        if (unwritten.size() > UNWRITTEN) {
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
        Instant oldest = now().minus(retention.age());
        while (history.size() > retention.rows()
                || !history.isEmpty()
                        && history.peekLast().cleared().orElseThrow().isBefore(oldest)) {
            history.removeLast();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
