package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.MetricSeries;

/** The commands that show what is measured, as a script would call them. */
class MetricCommandsTest {

    private final FakeGogo gogo = new FakeGogo();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void measured() {
        gogo.instances.with("acme@example.com", "files").with("beta@example.org", "hello");
        gogo.metrics.measured(null, Map.of(MetricSeries.REQUESTS, 12.5, MetricSeries.HEAP, 64e6));
        gogo.metrics.measured("acme@example.com", Map.of(MetricSeries.REQUESTS, 2.5, MetricSeries.SOCKETS, 40.0));
        gogo.metrics.measured(
                "beta@example.org", Map.of(MetricSeries.REQUESTS, 10.0, MetricSeries.LATENCY_P95, 0.0123));
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    private int run(String... command) {
        out.reset();
        err.reset();
        SessionStreams streams = new SessionStreams(InputStream.nullInputStream(), out, err);
        try (ShellSession session = new ShellSession(gogo.processor, () -> FakeGogo.ROOT, streams, null, false)) {
            return session.call(List.of(command));
        }
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thePlatformsMetricsAreShownWithTheirMeaning() {
        assertThat(run("platform:metrics")).isZero();

        assertThat(out()).isEqualTo("""
                METRIC    VALUE      WHAT IT IS
                requests  12.50 1/s  requests that were answered
                heap      64.0 MB    used heap
                """);
    }

    @Test
    void oneMetricOfAnInstanceAsJson() {
        assertThat(run("platform:metrics", "sockets", "--instance", "acme@example.com", "-o", "json"))
                .isZero();

        assertThat(JsonParser.parseString(out()))
                .isEqualTo(JsonParser.parseString(
                        "[{\"instance\":\"acme@example.com\",\"at\":\"2026-11-27T10:00:00Z\",\"sockets\":40.0}]"));
    }

    @Test
    void theHistoryIsAskedForSinceThen() {
        assertThat(run("platform:metrics", "latency-p95", "--instance", "beta@example.org", "--since", "2h"))
                .isZero();

        assertThat(out()).contains("LATENCY P95").contains("2026-11-27T10:00:00Z  12.3 ms");
        assertThat(Duration.between(gogo.metrics.asked, Instant.now()))
                .isBetween(Duration.ofHours(2), Duration.ofHours(3));
    }

    @Test
    void theBusiestInstanceIsOnTop() {
        assertThat(run("instance:top")).isZero();
        assertThat(out().lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("beta@example.org  10.00 1/s"),
                        second -> assertThat(second).startsWith("acme@example.com  2.50 1/s"));

        assertThat(run("instance:top", "--sort", "sockets", "--limit", "1")).isZero();
        assertThat(out().lines().skip(1)).singleElement().asString().startsWith("acme@example.com");

        gogo.instances.with("gamma@example.org", "files");
        gogo.metrics.measured("gamma@example.org", Map.of(MetricSeries.REQUESTS, 8.0, MetricSeries.SOCKETS, 2.0));
        assertThat(run("instance:top", "--by-app", "-o", "json")).isZero();
        assertThat(JsonParser.parseString(out()).getAsJsonArray())
                .hasSize(2)
                .first()
                .satisfies(first -> {
                    assertThat(first.getAsJsonObject().get("app").getAsString()).isEqualTo("files");
                    assertThat(first.getAsJsonObject().get("requests").getAsDouble())
                            .isEqualTo(10.5);
                    assertThat(first.getAsJsonObject().get("sockets").getAsDouble())
                            .isEqualTo(42);
                });

        assertThat(run("instance:top", "--app", "hello")).isZero();
        assertThat(out()).doesNotContain("acme@example.com");
    }

    @Test
    void aWrongNameIsToldTheRightOnes() {
        assertThat(run("platform:metrics", "speed")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'speed'").contains("latency-p95");
    }

    @Test
    void inTheFirstSecondsThereIsNothing() {
        gogo.metrics.latest.clear();

        assertThat(run("instance:top")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Try again in ten seconds");
    }
}
