package platform.core.manager;

import java.util.Map;
import java.util.Optional;
import platform.core.api.QuotaKind;
import platform.webserver.api.PathLimits;

/**
 * How much an instance may take of what all share; {@link Long#MAX_VALUE} is any number.
 *
 * @param path requests and WebSockets
 * @param tasks of the app's own that wait for its executor
 * @param logBytes in an hour
 */
record LoadLimits(PathLimits path, long tasks, long logBytes) {

    static final LoadLimits NONE = new LoadLimits(PathLimits.NONE, Long.MAX_VALUE, Long.MAX_VALUE);

    static LoadLimits of(Map<QuotaKind, Optional<Long>> limits) {
        return new LoadLimits(
                new PathLimits(most(limits, QuotaKind.REQUESTS), most(limits, QuotaKind.SOCKETS)),
                most(limits, QuotaKind.TASKS),
                most(limits, QuotaKind.LOG));
    }

    private static long most(Map<QuotaKind, Optional<Long>> limits, QuotaKind kind) {
        return limits.get(kind).orElse(Long.MAX_VALUE);
    }
}
