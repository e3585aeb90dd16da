package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import platform.core.api.Alarms;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.Services;
import platform.core.api.State;

/** Who may know what about the platform's health. */
class HealthServletTest {

    private static final Instant SINCE = Instant.parse("2026-11-20T10:00:00Z");
    private static final InstanceId ACME = InstanceId.parse("acme@example.com");

    private State state = State.RUNNING;
    private Platform platform = fake(Platform.class, (self, method, arguments) -> SINCE);
    private final Alarms alarms = fake(Alarms.class, (self, method, arguments) -> List.of());
    private final Services services = fake(
            Services.class,
            (self, method, arguments) -> method.getName().equals("list") ? List.of() : Optional.empty());
    private final Instances instances = fake(
            Instances.class,
            (self, method, arguments) -> method.getName().equals("list")
                    ? List.of(acme())
                    : Optional.of(acme()).filter(it -> it.id().equals(arguments[0])));

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private InstanceInfo acme() {
        return new InstanceInfo(
                ACME,
                "files",
                state,
                "Why it is so.",
                SINCE,
                "/acme",
                "",
                Map.of(),
                "acme",
                "embedded",
                Map.of(),
                SINCE);
    }

    /** Runs the checks of the tags at once, in the place of Felix's executor. */
    private final class Checks implements HealthCheckExecutor {

        @Override
        public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
            List<String> tags = Arrays.asList(selector.tags());
            List<HealthCheckExecutionResult> results = new ArrayList<>();
            if (tags.contains("live") || tags.contains("ready")) {
                results.add(result("Services and instances", new PartsCheck(services, instances)));
            }
            if (tags.contains("started") || tags.contains("ready")) {
                results.add(result("Platform", new PlatformCheck(platform, alarms)));
            }
            return results;
        }

        @Override
        public List<HealthCheckExecutionResult> execute(
                HealthCheckSelector selector, HealthCheckExecutionOptions options) {
            assertThat(options.isCombineTagsWithOr()).isTrue();
            return execute(selector);
        }

        private HealthCheckExecutionResult result(String name, HealthCheck check) {
            Map<String, Object> properties = Map.of(HealthCheck.NAME, name, Constants.SERVICE_ID, 1L);
            ServiceReference<?> reference =
                    fake(ServiceReference.class, (self, method, arguments) -> properties.get(arguments[0]));
            HealthCheckMetadata metadata = new HealthCheckMetadata(reference);
            Result done = check.execute();
            return fake(
                    HealthCheckExecutionResult.class,
                    (self, method, arguments) -> method.getName().equals("getHealthCheckMetadata") ? metadata : done);
        }
    }

    private Exchange get(Exchange exchange) throws IOException {
        ConsoleLogin login = new ConsoleLogin(new FakeAccess());
        new HealthServlet(new Checks(), login, services, instances).doGet(exchange.request(), exchange.response());
        return exchange;
    }

    private Exchange getAsAdministrator(String path) throws IOException {
        return get(new Exchange().login("admin", FakeAccess.PASSWORD).below(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/live"})
    void everybodyMayKnowThatItIsLiveAndNoMore(String path) throws IOException {
        state = State.QUARANTINED;
        Exchange exchange = get(Exchange.from("192.0.2.7").below(path));

        assertThat(exchange.status).isEqualTo(200);
        assertThat(exchange.body()).isEqualTo("{\"status\":\"OK\"}\n");
        assertThat(exchange.headers).containsEntry("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ready", "/started", "/live/acme@example.com", "/nonsense"})
    void everythingElseWantsALogin(String path) throws IOException {
        assertThat(get(new Exchange().below(path)).status).isEqualTo(401);
    }

    @Test
    void aWrongPasswordIsToldNothing() throws IOException {
        Exchange exchange = get(new Exchange().login("eve", "x").below(""));
        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.body()).doesNotContain("status");
    }

    @Test
    void whileNobodyCanLogInItIsStillKnownWhetherItIsLive() throws IOException {
        HealthServlet servlet = new HealthServlet(new Checks(), null, null, null);
        Exchange anonymous = new Exchange().below("/live");
        servlet.doGet(anonymous.request(), anonymous.response());
        assertThat(anonymous.status).isEqualTo(200);

        Exchange admin = new Exchange().login("admin", FakeAccess.PASSWORD).below("/ready");
        servlet.doGet(admin.request(), admin.response());
        assertThat(admin.status).isEqualTo(503);
        assertThat(admin.body()).contains("Nobody can log in yet");
    }

    @Test
    void administratorsSeeWhoIsNotWellAndWhy() throws IOException {
        state = State.DEGRADED;
        Exchange exchange = getAsAdministrator("/ready");

        assertThat(exchange.status).isEqualTo(200);
        assertThat(exchange.body())
                .contains("{\"status\":\"WARN\"", "\"name\":\"Platform\"")
                .contains("acme@example.com DEGRADED since 2026-11-20T10:00:00Z: Why it is so.");
    }

    @Test
    void withoutItsManagerItIsLiveButNotReady() throws IOException {
        platform = null;
        assertThat(getAsAdministrator("/live").status).isEqualTo(200);
        assertThat(getAsAdministrator("/ready").status).isEqualTo(503);
        assertThat(getAsAdministrator("/started").body()).contains("TEMPORARILY_UNAVAILABLE", "The manager");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, 200, 200, 200",
        "DEGRADED, 200, 200, 200",
        "STARTING, 200, 503, 503",
        "STOPPED, 200, 503, 503",
        "FAILED, 503, 503, 503",
        "QUARANTINED, 503, 503, 503"
    })
    void anInstanceIsAskedForByItself(State now, int live, int ready, int started) throws IOException {
        state = now;
        assertThat(getAsAdministrator("/live/acme@example.com").status).isEqualTo(live);
        assertThat(getAsAdministrator("/ready/acme@example.com").status).isEqualTo(ready);
        assertThat(getAsAdministrator("/started/acme@example.com").status).isEqualTo(started);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nonsense", "/live/nobody", "/live/no@body@", "/live/no@body.example"})
    void whatIsNotThereIsNotFound(String path) throws IOException {
        assertThat(getAsAdministrator(path).status).isEqualTo(404);
    }
}
