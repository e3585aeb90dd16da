package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import platform.webserver.api.Latencies;
import platform.webserver.api.PathLimits;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.WebPath;

class RequestMeterTest {

    private final TestServer server = TestServer.started();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void countsTheRequestsOfAPathAndItsErrors() throws Exception {
        WebPath path = server.open("/a", "a@example.com");
        path.context().files("/", RequestMeterTest.class, "/web");
        path.activate();

        assertThat(server.get("/a/app.js").statusCode()).isEqualTo(200);
        assertThat(server.get("/a/app.js").statusCode()).isEqualTo(200);
        assertThat(server.get("/a/nothing").statusCode()).isEqualTo(404);

        awaitCount(path::requests, 3);
        RequestStatistics its = path.requests();
        assertThat(its.clientErrors()).isEqualTo(1);
        assertThat(its.serverErrors()).isZero();
        assertThat(its.inFlight()).isZero();
        assertThat(its.latencies().sum()).isPositive();
        assertThat(server.server.paths().requests().requests()).isZero();
    }

    @Test
    void tracesTheRequestsOfAnInstanceWithoutTheirQueries() throws Exception {
        Logger trace = (Logger) LoggerFactory.getLogger("trace.webserver-traffic");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        trace.addAppender(lines);
        WebPath path = server.open("/a", "a@example.com");
        path.context().files("/", RequestMeterTest.class, "/web");
        path.activate();
        try {
            server.get("/a/app.js");
            awaitCount(path::requests, 1);
            trace.setLevel(Level.DEBUG);
            server.get("/a/app.js?token=secret");
            awaitCount(path::requests, 2);
        } finally {
            trace.setLevel(null);
            trace.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).matches("GET /a/app.js 200 in \\d+ ms");
            assertThat(line.getMDCPropertyMap()).containsEntry("instance", "a@example.com");
        });
        assertThat(MDC.get("instance")).isNull();
    }

    @Test
    void countsWhatIsForNobody() throws Exception {
        assertThat(server.get("/").statusCode()).isEqualTo(200);
        assertThat(server.get("/nothing").statusCode()).isEqualTo(404);

        awaitCount(server.server.paths()::requests, 2);
        assertThat(server.server.paths().requests().clientErrors()).isEqualTo(1);
    }

    @Test
    void showsARequestInFlight() throws Exception {
        Thread client = new Thread(() -> {
            try {
                server.get("/slow");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        client.start();
        assertThat(server.arrived.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(server.server.paths().requests().inFlight()).isEqualTo(1);

        server.released.countDown();
        awaitCount(server.server.paths()::requests, 1);
        client.join();
        assertThat(server.server.paths().requests().inFlight()).isZero();
    }

    /** A client may have its answer a moment before the request is over for the server. */
    private static void awaitCount(Supplier<RequestStatistics> statistics, long requests) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (statistics.get().requests() < requests || statistics.get().inFlight() > 0) {
            assertThat(System.nanoTime()).as("It is counted within 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
        assertThat(statistics.get().requests()).isEqualTo(requests);
    }

    @Test
    void refusesWhatIsBeyondTheLimitAndNeighboursGoOn() throws Exception {
        WebPath path = server.open("/a", "a@example.com");
        WebPath neighbour = server.open("/b", "b@example.com");
        for (WebPath each : List.of(path, neighbour)) {
            each.context().files("/", RequestMeterTest.class, "/web");
            each.activate();
        }
        path.limit(new PathLimits(0, 0));

        HttpResponse<String> refused = server.get("/a/app.js");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(path.requests().refused()).isEqualTo(1);
        assertThat(path.requests().requests()).isZero();
        assertThat(server.get("/b/app.js").statusCode()).isEqualTo(200);
        path.limit(PathLimits.NONE);
        assertThat(server.get("/a/app.js").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsPercentilesWithinAnEighth() {
        long[] counts = new long[Latencies.BUCKETS];
        for (int millis = 1; millis <= 1000; millis++) {
            counts[Latencies.bucketOf(TimeUnit.MILLISECONDS.toNanos(millis))]++;
        }
        Latencies latencies = new Latencies(counts, 0);

        for (int percent : new int[] {10, 50, 90, 95, 99}) {
            assertThat(latencies.percentile(percent / 100.0).toMillis() / (percent * 10.0))
                    .isBetween(0.875, 1.125);
        }
        assertThat(latencies.count()).isEqualTo(1000);
        assertThat(latencies.below(10)).isEqualTo(1);
        assertThat(latencies.below(26)).isEqualTo(1000);
        assertThat(latencies.since(latencies).percentile(0.5)).isEqualTo(Duration.ZERO);
    }

    @Test
    void putsEveryTimeIntoABucketThatEndsAfterIt() {
        for (long nanos : new long[] {0, 63_999, 64_000, 127_999, 128_000, 67_108_863_999L, 67_108_864_000L}) {
            long[] counts = new long[Latencies.BUCKETS];
            counts[Latencies.bucketOf(nanos)] = 1;
            Latencies one = new Latencies(counts, nanos);

            assertThat(one.percentile(1).toNanos()).isGreaterThan(nanos);
            assertThat(one.below(26)).isEqualTo(nanos < 67_108_864_000L ? 1 : 0);
            assertThat(one.below(7)).isEqualTo(nanos < 128_000 ? 1 : 0);
        }
    }
}
