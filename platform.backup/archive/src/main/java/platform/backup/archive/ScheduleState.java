package platform.backup.archive;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import platform.backup.api.ScheduleRun;

/**
 * What a schedule has done.
 *
 * @param rule the cron expression and the zone that {@code handled} goes by
 * @param handled up to when nothing is left to do
 * @param missed the time of the latest run that was missed, until a run is complete
 * @param index the number that the next name in turn gets
 * @param run the last run
 * @param instances what has become of each instance
 */
record ScheduleState(
        String rule,
        Instant handled,
        Optional<Instant> missed,
        int index,
        Optional<ScheduleRun> run,
        Map<String, InstanceHistory> instances) {

    ScheduleState {
        instances = Map.copyOf(instances);
    }

    static ScheduleState begin(String rule, Instant now) {
        return new ScheduleState(rule, now, Optional.empty(), 0, Optional.empty(), Map.of());
    }

    /** Another rule begins anew: what it would have meant before now was never due. */
    ScheduleState under(String newRule, Instant now) {
        return rule.equals(newRule) ? this : new ScheduleState(newRule, now, Optional.empty(), index, run, instances);
    }

    ScheduleState handled(Instant due) {
        return new ScheduleState(rule, due, missed, index, run, instances);
    }

    ScheduleState missed(Instant due) {
        return new ScheduleState(rule, handled, Optional.of(due), index, run, instances);
    }

    ScheduleState recovered() {
        return new ScheduleState(rule, handled, Optional.empty(), index, run, instances);
    }

    ScheduleState run(ScheduleRun last) {
        return new ScheduleState(rule, handled, missed, index, Optional.of(last), instances);
    }

    ScheduleState index(int next) {
        return new ScheduleState(rule, handled, missed, next, run, instances);
    }

    ScheduleState instance(String name, InstanceHistory history) {
        Map<String, InstanceHistory> all = new TreeMap<>(instances);
        all.put(name, history);
        return new ScheduleState(rule, handled, missed, index, run, all);
    }

    /** Knows the instances that there are now, and forgets the others. */
    ScheduleState only(Iterable<String> names, Instant now) {
        Map<String, InstanceHistory> all = new TreeMap<>();
        names.forEach(name -> all.put(name, instances.getOrDefault(name, InstanceHistory.of(now))));
        return new ScheduleState(rule, handled, missed, index, run, all);
    }
}
