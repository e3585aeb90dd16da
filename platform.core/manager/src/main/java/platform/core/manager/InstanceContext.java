package platform.core.manager;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.InstanceId;
import platform.webserver.api.WebContext;

/** The immutable context that an instance is started with. */
record InstanceContext(
        InstanceId id,
        Map<String, String> settings,
        String password,
        DataSource dataSource,
        String webPath,
        WebContext web,
        AppExecutor executor,
        Clock clock,
        Path folder)
        implements AppContext {

    @Override
    public String toString() {
        return "InstanceContext[" + id + "]";
    }
}
