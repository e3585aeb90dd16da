package platform.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.junit.jupiter.api.Test;
import platform.core.api.MetricFamily;
import platform.core.api.MetricFamily.Type;
import platform.core.api.MetricValue;
import platform.core.api.Metrics;
import platform.webserver.api.Latencies;

/** Who gets what at {@code /metrics}. */
class MetricsServletTest {

    private static final Map<String, String> ACME = Map.of("instance_id", "acme@example.com", "app", "files");

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, Object> answer = new HashMap<>();
    private Object user = "admin";
    private String accept;

    static List<MetricFamily> families() {
        long[] counts = new long[Latencies.BUCKETS];
        counts[Latencies.bucketOf(2_000_000)] = 3;
        counts[Latencies.bucketOf(30_000_000_000L)] = 1;
        Latencies latencies = new Latencies(counts, 30_006_000_000L);
        return List.of(
                new MetricFamily(
                        "platform_cpu_seconds",
                        "Processor time",
                        Type.COUNTER,
                        List.of(new MetricValue(Map.of(), 12.5, Optional.empty()))),
                new MetricFamily(
                        "platform_instance_sockets",
                        "Open",
                        Type.GAUGE,
                        List.of(new MetricValue(ACME, 40, Optional.empty()))),
                new MetricFamily(
                        "platform_instance_http_request_duration_seconds",
                        "Time",
                        Type.HISTOGRAM,
                        List.of(new MetricValue(ACME, 4, Optional.of(latencies)))));
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private String get(Metrics metrics) throws IOException {
        SecurityProvider login = fake(SecurityProvider.class, (self, method, arguments) -> user);
        HttpServletRequest request = fake(HttpServletRequest.class, (self, method, arguments) -> accept);
        HttpServletResponse response = fake(
                HttpServletResponse.class,
                (self, method, arguments) -> method.getName().equals("getOutputStream")
                        ? stream()
                        : answer.put(method.getName(), arguments[arguments.length - 1]));
        new MetricsServlet(login, metrics).doGet(request, response);
        return body.toString(StandardCharsets.UTF_8);
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("Blocking only");
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
    }

    private static Metrics metrics() {
        return fake(Metrics.class, (self, method, arguments) -> families());
    }

    @Test
    void prometheusGetsItsTextFormat() throws IOException {
        assertThat(get(metrics()))
                .contains("# TYPE platform_cpu_seconds_total counter")
                .contains("platform_cpu_seconds_total 12.5")
                .contains("platform_instance_sockets{app=\"files\",instance_id=\"acme@example.com\"} 40.0")
                .contains("platform_instance_http_request_duration_seconds_bucket{app=\"files\","
                        + "instance_id=\"acme@example.com\",le=\"0.004096\"} 3")
                .contains("le=\"+Inf\"} 4")
                .contains("platform_instance_http_request_duration_seconds_count{app=\"files\","
                        + "instance_id=\"acme@example.com\"} 4");
        assertThat(answer.get("setContentType").toString()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void whoPrefersOpenMetricsGetsThat() throws IOException {
        accept = "application/openmetrics-text; version=1.0.0";

        assertThat(get(metrics())).endsWith("# EOF\n");
        assertThat(answer.get("setContentType").toString()).startsWith("application/openmetrics-text");
    }

    @Test
    void nobodyElseLearnsAnything() throws IOException {
        user = null;

        assertThat(get(metrics())).isEmpty();
    }

    @Test
    void withoutTheManagerItSaysSo() throws IOException {
        assertThat(get(null)).contains("manager is not running");
        assertThat(answer).containsEntry("setStatus", 503);
    }
}
