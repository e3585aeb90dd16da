package platform.core.appsocket;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import platform.core.api.AppExecutor;
import platform.core.api.InstanceId;

/**
 * The instance whose sockets these are.
 *
 * @param passwords those that are good at present: more than one while a new one is on its way to the clients; asked for each
 *     login, by any thread
 */
public record AppSocketHost(
        InstanceId id, String webPath, Supplier<List<String>> passwords, AppExecutor executor, Clock clock) {

    @Override
    public String toString() {
        return "AppSocketHost[" + id + "]";
    }
}
