package platform.core.manager;

import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.instance.ExecutorUse;
import platform.db.api.DatabaseStatus;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.WebSocketStatistics;

/**
 * What an instance uses.
 *
 * @param isUp whether it runs
 * @param database how its database stands; empty when that is not known
 */
record InstanceUse(
        InstanceId id,
        String app,
        boolean isUp,
        RequestStatistics requests,
        WebSocketStatistics sockets,
        ExecutorUse executor,
        Optional<DatabaseStatus> database) {

    double cpuSeconds() {
        return executor.cpuSeconds() + requests.cpu().toNanos() / 1e9;
    }

    long messages() {
        return sockets.messagesIn() + sockets.messagesOut();
    }
}
