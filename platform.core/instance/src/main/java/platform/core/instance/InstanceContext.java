package platform.core.instance;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import platform.core.api.AppAlarms;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.InstanceId;
import platform.core.api.Isolation;
import platform.core.appsocket.AppSockets;
import platform.webserver.api.WebContext;

/** The immutable context that an instance is started with. */
public record InstanceContext(
        InstanceId id,
        Map<String, String> settings,
        String password,
        Predicate<String> passwords,
        DataSource dataSource,
        String webPath,
        WebContext web,
        AppSockets appSockets,
        AppExecutor executor,
        AppAlarms alarms,
        Clock clock,
        Path folder,
        Isolation isolation)
        implements AppContext {

    @Override
    public boolean isPassword(String text) {
        return passwords.test(text);
    }

    @Override
    public WebContext.Registration appSocket(String path, AppSocketListenerFactory listeners) {
        return appSockets.register(path, listeners);
    }

    @Override
    public Optional<AppLogin> loginOf(HttpServletRequest request) {
        return appSockets.loginOf(request);
    }

    @Override
    public String toString() {
        return "InstanceContext[" + id + "]";
    }
}
