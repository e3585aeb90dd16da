package platform.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.Metrics;
import platform.core.api.Platform;

/** What a collector of OpenTelemetry is sent. */
class OtlpExportTest {

    private static final Instant STARTED = Instant.parse("2026-11-27T08:00:00Z");

    @TempDir
    Path data;

    private final AtomicReference<String> body = new AtomicReference<>();
    private final AtomicReference<String> authorization = new AtomicReference<>();
    private final Platform platform = fake(Platform.class, (self, method, arguments) -> switch (method.getName()) {
        case "data" -> data;
        case "started" -> STARTED;
        default -> "0.1.0";
    });
    private final Metrics metrics = fake(Metrics.class, (self, method, arguments) -> MetricsServletTest.families());
    private final List<AlarmSpec> raised = new ArrayList<>();
    private final Alarms alarms = fake(Alarms.class, (self, method, arguments) -> {
        if (method.getName().equals("raise")) {
            raised.add((AlarmSpec) arguments[0]);
        }
        return method.getReturnType() == boolean.class ? false : null;
    });
    private HttpServer collector;
    private int status = 200;

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private OtlpExport export(String endpoint, String headersFile) {
        return new OtlpExport(platform, metrics, alarms, new Config(endpoint, headersFile));
    }

    private String endpoint() {
        return "http://localhost:" + collector.getAddress().getPort() + "/v1/metrics";
    }

    @Test
    void countersGaugesAndTimesAreSentAsOtlpHasThem() throws Exception {
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/otlp"), "Authorization: Bearer abc\n");
        OtlpExport export = export(endpoint(), "otlp");
        export.send();
        export.close();

        assertThat(authorization).hasValue("Bearer abc");
        JsonArray sent = JsonParser.parseString(body.get())
                .getAsJsonObject()
                .getAsJsonArray("resourceMetrics")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("scopeMetrics")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("metrics");
        JsonObject counter = sent.get(0).getAsJsonObject().getAsJsonObject("sum");
        assertThat(counter.get("isMonotonic").getAsBoolean()).isTrue();
        JsonObject point = counter.getAsJsonArray("dataPoints").get(0).getAsJsonObject();
        assertThat(point.get("asDouble").getAsDouble()).isEqualTo(12.5);
        assertThat(point.get("startTimeUnixNano").getAsString()).isEqualTo(STARTED.getEpochSecond() + "000000000");
        assertThat(sent.get(1).getAsJsonObject().has("gauge")).isTrue();
        JsonObject times = sent.get(2)
                .getAsJsonObject()
                .getAsJsonObject("histogram")
                .getAsJsonArray("dataPoints")
                .get(0)
                .getAsJsonObject();
        assertThat(times.get("count").getAsString()).isEqualTo("4");
        assertThat(times.getAsJsonArray("bucketCounts"))
                .hasSize(times.getAsJsonArray("explicitBounds").size() + 1);
    }

    @Test
    void aRefusalIsToldWithItsStatus() {
        status = 401;
        OtlpExport export = export(endpoint(), "");

        assertThatThrownBy(export::send).isInstanceOf(IOException.class).hasMessageContaining("401");
        export.close();
    }

    @Test
    void secretsAreNotSentForEverybodyToRead() {
        export("http://192.0.2.1:4318/v1/metrics", "otlp").close();
        assertThat(raised)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.cause()).contains("use https"));
    }

    @Test
    void anEndpointIsAnAddress() {
        for (String wrong : List.of("foo", "collector:4318", "http://a b/")) {
            raised.clear();
            export(wrong, "").close();
            assertThat(raised).singleElement().satisfies(alarm -> {
                assertThat(alarm.id()).isEqualTo("monitor/export-failing");
                assertThat(alarm.cause()).contains("otlp.endpoint").contains("https://collector.example.com");
            });
        }
    }

    /** The settings. */
    private record Config(String otlp_endpoint, String otlp_headers_file) implements MonitorConfig {

        @Override
        public int otlp_interval() {
            return 3600;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return MonitorConfig.class;
        }
    }
}
