package platform.core.manager;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import platform.core.api.InstanceId;
import platform.core.api.TraceFlag;
import platform.tracing.api.Tracing;

/** Has the log, and the service's process where it has one, follow the trace flags of a service's running instances. */
final class ServiceTraces {

    private static final String APP_SOCKETS = "platform.core.appsocket";

    /** The platform's webserver logs these, also where an app is in a process. */
    private static final Set<String> LOGGED_HERE =
            Set.of(TraceFlag.WEBSERVER.logger(), TraceFlag.WEBSERVER_TRAFFIC.logger());

    private final Tracing tracing;
    private final String appPackage;
    private final Consumer<Set<String>> process;
    private final Map<InstanceId, Set<String>> loggers = new HashMap<>();
    private Set<String> told = Set.of();

    /**
     * @param appPackage the loggers of the app itself are below it
     * @param process is told which loggers make detailed lines for some instance, whenever that changes
     */
    ServiceTraces(Tracing tracing, String appPackage, Consumer<Set<String>> process) {
        this.tracing = tracing;
        this.appPackage = appPackage;
        this.process = process;
    }

    /** From now on an instance is logged like this. */
    synchronized void set(InstanceId id, Set<TraceFlag> flags) {
        Set<String> traced = new HashSet<>();
        flags.forEach(flag -> traced.addAll(loggersOf(flag)));
        loggers.put(id, traced);
        follow(id, traced);
    }

    /** An instance has stopped. */
    synchronized void clear(InstanceId id) {
        if (loggers.remove(id) != null) {
            follow(id, Set.of());
        }
    }

    private Collection<String> loggersOf(TraceFlag flag) {
        return switch (flag) {
            case APP -> Set.of(flag.logger(), appPackage);
            case APP_WEBSOCKET -> Set.of(flag.logger(), APP_SOCKETS);
            default -> Set.of(flag.logger());
        };
    }

    private void follow(InstanceId id, Set<String> traced) {
        tracing.trace(id.toString(), traced);
        Set<String> all = new HashSet<>();
        loggers.values().forEach(all::addAll);
        all.removeAll(LOGGED_HERE);
        if (!all.equals(told)) {
            told = all;
            process.accept(all);
        }
    }
}
