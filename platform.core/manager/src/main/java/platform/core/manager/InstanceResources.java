package platform.core.manager;

import java.nio.file.Path;
import java.time.Clock;
import platform.core.api.Alarms;
import platform.core.instance.SerialExecutor;
import platform.db.api.DatabaseServers;
import platform.webserver.api.WebPath;

/** What stays with an instance over all its starts and stops. */
record InstanceResources(
        DatabaseServers servers,
        WebPath path,
        SerialExecutor executor,
        Supervision supervision,
        Alarms alarms,
        Clock clock,
        Path folder) {

    InstanceResources withPath(WebPath newPath) {
        return new InstanceResources(servers, newPath, executor, supervision, alarms, clock, folder);
    }
}
