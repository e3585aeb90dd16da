package app.hello;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import platform.core.api.AppContext;
import platform.core.api.AppExecutor;
import platform.core.api.InstanceId;
import platform.webserver.api.WebContext;

/** The context of acme@example.com. */
record FakeContext(WebContext web, DataSource dataSource) implements AppContext {

    @Override
    public InstanceId id() {
        return InstanceId.parse("acme@example.com");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
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
    public AppExecutor executor() {
        throw new UnsupportedOperationException("Hello runs nothing by itself");
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
