package platform.core.manager;

import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.InstanceInfo;
import platform.core.api.ServiceInfo;
import platform.core.api.State;
import platform.core.instance.AbandonedCall;
import platform.core.instance.Deadlocks;

/** The alarms that follow from how services and instances are. Collects what is found, then makes that the active ones. */
final class SupervisionAlarms {

    static final String FAILED = "failed";
    static final String DEGRADED = "degraded";
    static final String DEADLOCK = "deadlock";
    static final String DATABASE = "database-away";
    static final String LEAK = "class-loader-leak";
    static final String HUNG = "hung-";

    private static final String PLATFORM = "platform";
    private static final Set<String> CODES = Set.of(FAILED, DEGRADED, DEADLOCK, DATABASE, LEAK);

    private final AlarmSet alarms;
    private final Map<String, AlarmSpec> due = new LinkedHashMap<>();

    SupervisionAlarms(Alarms alarms) {
        this.alarms = new AlarmSet(
                alarms, it -> CODES.contains(it.code()) || it.code().startsWith(HUNG));
    }

    /** Makes what was found since the last time the active alarms. */
    void show() {
        alarms.replace(new ArrayList<>(due.values()));
        due.clear();
    }

    private void add(String source, String code, AlarmSeverity severity, String text, String fix) {
        due.putIfAbsent(source + "/" + code, new AlarmSpec(source, code, severity, text, fix));
    }

    void service(ServiceInfo it) {
        if (it.state() == State.FAILED || it.state() == State.QUARANTINED) {
            String fix = it.version().isEmpty() ? "app:info " + it.name() : "app:start " + it.name();
            add(source(it.name()), FAILED, severity(it.state()), it.reason(), fix);
        }
    }

    /** A file that is no app may have any name. */
    private static String source(String app) {
        return "app." + app.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
    }

    private static AlarmSeverity severity(State state) {
        return state == State.QUARANTINED ? AlarmSeverity.CRITICAL : AlarmSeverity.MAJOR;
    }

    void instance(InstanceInfo it) {
        String id = it.id().toString();
        if (it.state() == State.FAILED || it.state() == State.QUARANTINED) {
            add(id, FAILED, severity(it.state()), it.reason(), "instance:start " + id);
        } else if (it.state() == State.DEGRADED) {
            add(id, DEGRADED, AlarmSeverity.MINOR, it.reason(), "instance:info " + id);
        }
    }

    /** @param trouble what is wrong with the database server; empty when it answers */
    void database(Optional<String> trouble) {
        trouble.ifPresent(reason -> add(
                PLATFORM,
                DATABASE,
                AlarmSeverity.CRITICAL,
                "The database server does not answer: " + reason
                        + " Instances answer 503 until it does. Its log in logs/postgresql says more.",
                "platform:disk"));
    }

    void abandoned(AbandonedCall it) {
        String text = "Its " + it.what() + " was given up: " + it.reason()
                + ". The thread goes on until it ends by itself, or its process is restarted: the"
                + " platform, or with app:isolation APP process the app.";
        add(it.owner(), HUNG + it.what(), AlarmSeverity.MAJOR, text, "");
    }

    void deadlock(List<ThreadInfo> threads) {
        if (!threads.isEmpty()) {
            String text = "Threads wait for each other for ever: " + Deadlocks.describe(threads);
            add(PLATFORM, DEADLOCK, AlarmSeverity.MAJOR, text, "");
        }
    }

    /** @param limit how long a loader may stay */
    void leaks(Map<String, Long> loaders, Duration limit) {
        loaders.forEach((owner, count) -> add(
                owner,
                LEAK,
                AlarmSeverity.WARNING,
                "The classes of " + count + " former versions are in memory " + limit.toMinutes()
                        + " min after they were replaced: something still holds them. A restart of the platform frees"
                        + " them.",
                ""));
    }
}
