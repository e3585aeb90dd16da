package platform.core.manager;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;

/** The alarms of one kind, which follow what is found again and again: what is found no more is cleared. */
final class AlarmSet {

    private final Alarms alarms;
    private final Predicate<AlarmInfo> own;

    /** @param own whether an alarm is one of this set's */
    AlarmSet(Alarms alarms, Predicate<AlarmInfo> own) {
        this.alarms = alarms;
        this.own = own;
    }

    /** Makes these the active ones. One that says the same as before is not raised again. */
    void replace(List<AlarmSpec> due) {
        replace(due, alarm -> false);
    }

    /**
     * The same, for who could not look at everything.
     *
     * @param unseen whether it is not known if an alarm is due still; it stays as it is then
     */
    void replace(List<AlarmSpec> due, Predicate<AlarmInfo> unseen) {
        List<AlarmInfo> active = alarms.active().stream().filter(own).toList();
        due.stream()
                .filter(alarm -> active.stream().noneMatch(it -> says(it, alarm)))
                .forEach(alarms::raise);
        Set<String> ids = due.stream().map(AlarmSet::id).collect(Collectors.toSet());
        active.stream()
                .filter(it -> !ids.contains(it.id()) && !unseen.test(it))
                .forEach(it -> alarms.clear(it.source(), it.code()));
    }

    private static String id(AlarmSpec alarm) {
        return alarm.source() + "/" + alarm.code();
    }

    private static boolean says(AlarmInfo known, AlarmSpec alarm) {
        return known.id().equals(id(alarm))
                && known.text().equals(alarm.text())
                && known.severity() == alarm.severity();
    }
}
