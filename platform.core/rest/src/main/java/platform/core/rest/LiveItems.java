package platform.core.rest;

import java.util.List;
import java.util.Optional;
import platform.core.api.Alarms;
import platform.core.api.InstanceId;
import platform.core.api.Instances;
import platform.core.api.Metrics;
import platform.core.api.Services;

/** What the topics are about, as REST shows it. Nothing here waits for a database. */
final class LiveItems {

    private static final String PLATFORM = "platform";

    private LiveItems() {}

    /** Without what changes all the time, and with it what is in the database. */
    static List<LiveItem> instances(Parts parts, Tasks tasks) {
        return parts.need(Instances.class).list().stream()
                .map(it -> new LiveItem(
                        it.id().toString(),
                        caller -> caller.scope().includes(it.id()),
                        Instance.of(it, Optional.empty(), null)))
                .toList();
    }

    static List<LiveItem> apps(Parts parts, Tasks tasks) {
        return parts.need(Services.class).list().stream()
                .map(it -> new LiveItem(it.file(), caller -> true, ListedApp.of(it, Optional.empty())))
                .toList();
    }

    static List<LiveItem> alarms(Parts parts, Tasks tasks) {
        return parts.need(Alarms.class).active().stream()
                .map(it -> new LiveItem(
                        it.source() + "/" + it.code(), caller -> caller.scope().includes(it.source()), Alarm.of(it)))
                .toList();
    }

    static List<LiveItem> tasks(Parts parts, Tasks tasks) {
        return tasks.live();
    }

    static List<LiveItem> metrics(Parts parts, Tasks tasks) {
        return parts.need(Metrics.class).latest().stream()
                .map(it -> new LiveItem(
                        it.instance().map(InstanceId::toString).orElse(PLATFORM),
                        caller -> it.instance()
                                .map(caller.scope()::includes)
                                .orElse(caller.scope().everything()),
                        Measurement.of(it)))
                .toList();
    }
}
