package app.hello;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import platform.core.api.AppAlarms;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.AppLogin;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.InstanceId;
import platform.webserver.api.WebContext;

/** The context of acme@example.com. */
record FakeContext(FakeWeb web, DataSource dataSource, Optional<AppLogin> login) implements AppContext {

    @Override
    public InstanceId id() {
        return InstanceId.parse("acme@example.com");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public boolean isPassword(String text) {
        return text.equals(password());
    }

    @Override
    public String password() {
        return "secret";
    }

    @Override
    public String webPath() {
        return "/example.com/acme";
    }

    @Override
    public WebContext.Registration appSocket(String path, AppSocketListenerFactory listeners) {
        return web.appSocket(path, listeners);
    }

    @Override
    public Optional<AppLogin> loginOf(HttpServletRequest request) {
        return login;
    }

    @Override
    public AppExecutor executor() {
        throw new UnsupportedOperationException("Hello runs nothing by itself");
    }

    @Override
    public AppAlarms alarms() {
        throw new UnsupportedOperationException("Hello raises no alarm");
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Path folder() {
        return Path.of("target");
    }
}
