package platform.core.manager;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.InstanceId;
import platform.core.api.QuotaKind;

/** Raises an alarm of an instance that was refused something since the last look, and clears it when it was not any more. */
final class LoadAlarms {

    static final String REQUESTS = "requests-limit";
    static final String SOCKETS = "sockets-limit";
    static final String TASKS = "tasks-limit";
    static final String LOG = "log-limit";

    private final AlarmSet alarms;
    private Map<InstanceId, LoadRefusals> former = new HashMap<>();
    private Map<String, Long> formerDropped = Map.of();

    LoadAlarms(Alarms alarms) {
        Set<String> codes = Set.of(REQUESTS, SOCKETS, TASKS, LOG);
        this.alarms = new AlarmSet(alarms, it -> codes.contains(it.code()));
    }

    /**
     * @param refusals what each instance was refused until now
     * @param limits what holds for it
     * @param dropped of each app's log in this hour, lines of no instance
     */
    void update(
            Map<InstanceId, LoadRefusals> refusals,
            Map<InstanceId, Map<QuotaKind, Optional<Long>>> limits,
            Map<String, Long> dropped) {
        List<AlarmSpec> due = new ArrayList<>();
        refusals.forEach((id, now) -> {
            LoadRefusals before = former.getOrDefault(id, now);
            Map<QuotaKind, Optional<Long>> its = limits.get(id);
            add(
                    due,
                    id,
                    REQUESTS,
                    now.requests() - before.requests(),
                    "requests were answered 503",
                    its.get(QuotaKind.REQUESTS));
            add(
                    due,
                    id,
                    SOCKETS,
                    now.sockets() - before.sockets(),
                    "WebSockets were refused",
                    its.get(QuotaKind.SOCKETS));
            add(
                    due,
                    id,
                    TASKS,
                    now.tasks() - before.tasks(),
                    "tasks were refused by its executor",
                    its.get(QuotaKind.TASKS));
            add(due, id, LOG, now.lines() - before.lines(), "lines of its log were dropped", its.get(QuotaKind.LOG));
        });
        dropped.forEach((app, now) -> addApp(due, app, now - formerDropped.getOrDefault(app, now)));
        former = Map.copyOf(refusals);
        formerDropped = Map.copyOf(dropped);
        alarms.replace(due);
    }

    private static void addApp(List<AlarmSpec> due, String app, long dropped) {
        if (dropped > 0) {
            due.add(new AlarmSpec(
                    "app." + app,
                    LOG,
                    AlarmSeverity.WARNING,
                    String.format(
                            "%,d lines that it printed, or logged for no instance, were dropped in the last half minute.",
                            dropped),
                    "It may print as much in an hour as one of its instances may log (instance:limit).",
                    List.of("log:tail", app)));
        }
    }

    private static void add(
            List<AlarmSpec> due, InstanceId id, String code, long refused, String what, Optional<Long> limit) {
        if (refused > 0) {
            due.add(new AlarmSpec(
                    id.toString(),
                    code,
                    AlarmSeverity.WARNING,
                    String.format("%,d %s in the last half minute.", refused, what),
                    limit.map(it -> String.format(
                                    "Its limit is %,d. Either it is asked for too much, or it is too slow.", it))
                            .orElse("The webserver's own limit for each instance or its rate was reached."),
                    List.of("instance:limit", id.toString())));
        }
    }
}
