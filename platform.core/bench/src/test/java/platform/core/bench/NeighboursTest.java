package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private final AtomicInteger status = new AtomicInteger(200);
    private final Neighbours neighbours = new Neighbours();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/page", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        neighbours.askFor(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page"));
    }

    @AfterEach
    void stop() {
        neighbours.close();
        server.stop(0);
    }

    @Test
    void aBadAnswerIsTroubleUnlessItWasExcused() {
        long begin = System.nanoTime();
        await(() -> neighbours.areWellSince(begin));
        assertThat(neighbours.trouble()).isEmpty();

        long fault = System.nanoTime();
        status.set(503);
        await(() -> neighbours.trouble().isPresent());
        assertThat(neighbours.trouble().orElseThrow().text()).contains("answered 503");
        assertThat(neighbours.trouble().orElseThrow().neighbour()).isEqualTo("/page");

        status.set(200);
        long mended = System.nanoTime();
        await(() -> neighbours.areWellSince(mended));
        neighbours.excuse(fault, System.nanoTime());
        assertThat(neighbours.trouble()).isEmpty();
        assertThat(neighbours.answers()).isPositive();

        status.set(404);
        await(() -> neighbours.trouble().isPresent());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Pause.of(Duration.ofMillis(10));
        }
    }
}
