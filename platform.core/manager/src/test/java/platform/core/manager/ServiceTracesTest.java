package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import platform.core.api.InstanceId;
import platform.core.api.TraceFlag;

/** What the log and a service's process are told of the trace flags. */
class ServiceTracesTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final InstanceId BETA = InstanceId.parse("beta@example.com");

    private final Fakes.FakeTracing tracing = new Fakes.FakeTracing();
    private final List<Set<String>> told = new ArrayList<>();
    private final ServiceTraces traces = new ServiceTraces(tracing, "app.notes", told::add);

    @Test
    void aFlagStandsForTheLoggersOfItsFacility() {
        traces.set(ACME, TraceFlag.DEFAULT);
        assertThat(tracing.traced.get(ACME.toString()))
                .containsExactlyInAnyOrder("trace.app", "app.notes", "trace.app-websocket", "platform.core.appsocket");
        traces.set(ACME, Set.of(TraceFlag.WEBSERVER_TRAFFIC));
        assertThat(tracing.traced.get(ACME.toString())).containsExactly("trace.webserver-traffic");
    }

    @Test
    void theProcessIsToldOfAllInstancesWhenThatChanges() {
        traces.set(ACME, Set.of(TraceFlag.DATABASE));
        traces.set(BETA, Set.of(TraceFlag.DATABASE));
        traces.set(BETA, Set.of(TraceFlag.DATABASE, TraceFlag.CONFIG, TraceFlag.WEBSERVER_TRAFFIC));
        traces.clear(BETA);
        traces.clear(BETA);
        traces.clear(ACME);
        assertThat(told)
                .containsExactly(
                        Set.of("trace.database"),
                        Set.of("trace.database", "trace.config"),
                        Set.of("trace.database"),
                        Set.of());
        assertThat(tracing.traced).containsEntry(BETA.toString(), Set.of());
    }
}
