package platform.core.manager;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.InstanceId;
import platform.core.api.QuotaKind;
import platform.db.api.QuotaState;

/** Raises an alarm of an instance whose database is too large, and clears it when it is not any more. */
final class QuotaAlarms {

    static final String SIZE = "database-size";
    static final String FULL = "database-full";

    private static final String GROWN =
            "The app keeps more than the limit was meant for, or what it has deleted takes its room still:"
                    + " db:vacuum gives that back.";

    private final AlarmSet alarms;

    QuotaAlarms(Alarms alarms) {
        this.alarms =
                new AlarmSet(alarms, it -> it.code().equals(SIZE) || it.code().equals(FULL));
    }

    /**
     * @param states how large the databases are; alarms of limited ones that are missing here stay, for nobody has seen those
     * @param owners whose they are
     * @param limits what holds for these
     */
    void update(
            List<QuotaState> states,
            Map<String, InstanceId> owners,
            Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits) {
        List<AlarmSpec> due = new ArrayList<>();
        for (QuotaState state : states) {
            InstanceId id = owners.get(state.database());
            if (id != null) {
                soft(id, state, limits.get(id).get(QuotaKind.SIZE_SOFT)).ifPresent(due::add);
                full(id, state, limits.get(id).get(QuotaKind.SIZE_HARD)).ifPresent(due::add);
            }
        }
        Set<String> unseen = new HashSet<>();
        Set<String> seen = states.stream().map(QuotaState::database).collect(Collectors.toSet());
        owners.forEach((database, id) -> {
            if (!seen.contains(database) && isLimited(limits.get(id))) {
                unseen.add(id.toString());
            }
        });
        alarms.replace(due, alarm -> unseen.contains(alarm.source()));
    }

    private static boolean isLimited(Map<QuotaKind, Optional<Long>> limits) {
        return limits.get(QuotaKind.SIZE_SOFT).isPresent()
                || limits.get(QuotaKind.SIZE_HARD).isPresent();
    }

    private static Optional<AlarmSpec> soft(InstanceId id, QuotaState state, Optional<Long> limit) {
        return limit.filter(it -> state.bytes() > it)
                .map(it -> new AlarmSpec(
                        id.toString(),
                        SIZE,
                        AlarmSeverity.WARNING,
                        String.format(
                                "Its database takes %s; its soft limit is %s.",
                                megabytes(state.bytes()), megabytes(it)),
                        GROWN,
                        List.of("db:info", id.toString(), "--tables")));
    }

    private static Optional<AlarmSpec> full(InstanceId id, QuotaState state, Optional<Long> limit) {
        return state.closed()
                ? Optional.of(new AlarmSpec(
                        id.toString(),
                        FULL,
                        AlarmSeverity.MAJOR,
                        String.format(
                                "Its database takes %s; its hard limit is %s, so nothing can be added or changed."
                                        + " Delete something, or raise the limit.",
                                megabytes(state.bytes()),
                                limit.map(QuotaAlarms::megabytes).orElse("none now")),
                        GROWN,
                        List.of("instance:quota", id.toString())))
                : Optional.empty();
    }

    private static String megabytes(long bytes) {
        return String.format("%,.1f MB", bytes / 1e6);
    }
}
