package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The limits that an administrator sets for WebSockets: each is kept, said to the client, and open again after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketLimitsIT {

    private static final int SOCKETS = 60;
    private static final int INSTANCE_SOCKETS = 50;
    private static final int UPGRADES = 21;
    private static final int INSTANCE_UPGRADES = 20;
    private static final int MESSAGE = 1000;
    private static final int QUEUE = 64 * 1024;
    /** More than a rate admits, fewer than an instance may have. */
    private static final int BURST = 45;

    private static final int OK = 101;
    private static final int UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(20);
    /** In it each rate admits some sockets more. */
    private static final Duration AWHILE = Duration.ofMillis(300);

    private final Product product = Product.of(Product.built());

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance first;
    private ProductInstance second;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        product.configureWebserver(
                        "sockets = " + SOCKETS,
                        "instance.sockets = " + INSTANCE_SOCKETS,
                        "socket.upgrades = " + UPGRADES,
                        "instance.socket.upgrades = " + INSTANCE_UPGRADES,
                        "socket.message.bytes = " + MESSAGE,
                        "socket.queue.bytes = " + QUEUE)
                .start();
        AppJar.of("abused", AbusedApp.class).write(folder.resolve("abused.jar"));
        product.drop(folder.resolve("abused.jar"), "abused.jar");
        product.awaitApp("abused", "RUNNING");
        first = ProductInstance.create(product, "first@example.com", "abused");
        second = ProductInstance.create(product, "second@example.com", "abused");
    }

    @AfterAll
    void stop() {
        product.close();
    }

    /** Sockets of a test, all closed at its end. */
    private static final class Sockets implements AutoCloseable {
        private final Deque<WireClient> open = new ArrayDeque<>();

        /** @return the status of the answer */
        int open(ProductInstance instance) {
            WireClient client = WireClient.connect(instance.webSocket("/echo"));
            client.request();
            return admit(client);
        }

        /** Reads the answer to a request. */
        int admit(WireClient client) {
            String answer = client.answer();
            int status = Integer.parseInt(answer.split(" ")[1]);
            if (status == OK) {
                open.add(client);
            } else {
                client.close();
                assertThat(answer).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nRetry-After: ");
            }
            return status;
        }

        /** Opens one as soon as it is admitted. */
        void await(ProductInstance instance) {
            ProductWait.until("a socket of " + instance.id() + " is admitted", SOON, () -> open(instance) == OK);
        }

        void fill(ProductInstance instance, int count) {
            for (int i = 0; i < count; i++) {
                await(instance);
            }
        }

        /** The limit and not the rate refuses: it does so for longer than the rate would. */
        void mustRefuse(ProductInstance instance) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < AWHILE.toNanos()) {
                assertThat(open(instance)).isEqualTo(UNAVAILABLE);
            }
        }

        void closeFirst() {
            open.remove().closeInOrder();
        }

        @Override
        public void close() {
            open.forEach(WireClient::closeInOrder);
        }
    }

    @Test
    void anInstanceAndThePlatformHaveSoManySocketsAndAgainWhenOneIsClosed() {
        try (Sockets ofFirst = new Sockets();
                Sockets ofSecond = new Sockets()) {
            ofFirst.fill(first, INSTANCE_SOCKETS);
            ofFirst.mustRefuse(first);
            ofSecond.fill(second, SOCKETS - INSTANCE_SOCKETS);
            ofSecond.mustRefuse(second);

            ofFirst.closeFirst();
            ofSecond.await(second);
            ofFirst.mustRefuse(first);
            ofSecond.closeFirst();
            ofFirst.await(first);
        }
    }

    /** Asks for sockets at once, and gives how many are opened. */
    private static long burst(Sockets sockets, ProductInstance instance) {
        List<WireClient> clients = Stream.generate(() -> instance.webSocket("/echo"))
                .limit(BURST)
                .map(WireClient::connect)
                .toList();
        clients.forEach(WireClient::request);
        List<Integer> statuses = new ArrayList<>();
        clients.forEach(client -> statuses.add(sockets.admit(client)));
        return statuses.stream().filter(status -> status == OK).count();
    }

    /** What a rate admits at most since then: a second's worth at once, and what has come up meanwhile. */
    private static double admitted(int perSecond, long sinceNanos) {
        return perSecond * (1 + (System.nanoTime() - sinceNanos) / 1e9);
    }

    @Test
    void anInstanceOpensSoManySocketsASecondAndThePlatformToo() {
        try (Sockets both = new Sockets()) {
            both.await(first);
            long begin = System.nanoTime();
            long ofFirst = burst(both, first);
            assertThat((double) ofFirst).isLessThanOrEqualTo(admitted(INSTANCE_UPGRADES, begin));
            long ofSecond = burst(both, second);
            // The instances together could have opened twice as many, had not the platform a rate of its own.
            assertThat((double) ofFirst + ofSecond).isLessThanOrEqualTo(admitted(UPGRADES, begin));
            both.await(first);
            both.await(second);
        }
    }

    @Test
    void aMessageOfMoreBytesIsClosedWith1009() {
        byte[] half = new byte[MESSAGE / 2];
        try (Sockets sockets = new Sockets()) {
            sockets.fill(first, 2);
            WireClient whole = sockets.open.remove();
            assertThat(whole.text("x".repeat(MESSAGE)).readText()).hasSize(MESSAGE);
            assertThat(whole.text("x".repeat(MESSAGE + 1)).readClose().code()).isEqualTo(1009);
            whole.close();

            WireClient parts = sockets.open.remove();
            parts.send(WireClient.BINARY, half).send(WireClient.FIN | WireClient.CONTINUATION, half);
            assertThat(parts.read().payload()).hasSize(MESSAGE);
            parts.send(WireClient.BINARY, half).send(WireClient.CONTINUATION, half);
            parts.send(WireClient.FIN | WireClient.CONTINUATION, new byte[1]);
            assertThat(parts.readClose().code()).isEqualTo(1009);
            parts.close();
        }
    }

    /** A client whose kernel keeps little for it. */
    private static WireClient awaitAdmission(URI uri) {
        List<WireClient> clients = new ArrayList<>();
        ProductWait.until("a socket of " + uri + " is admitted", SOON, () -> {
            clients.add(WireClient.connect(uri, 16 * 1024));
            return clients.get(clients.size() - 1).upgrade().startsWith("HTTP/1.1 101 ");
        });
        WireClient admitted = clients.remove(clients.size() - 1);
        clients.forEach(WireClient::close);
        return admitted;
    }

    private int events(String what) {
        Matcher found = Pattern.compile(what + "=(\\d+)").matcher(first.get("/events"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @Test
    void whatWaitsForASlowClientIsLimitedAndWhatWasAcceptedArrives() {
        try (WireClient client = awaitAdmission(first.webSocket("/fill"))) {
            client.text("fill");
            ProductWait.until("a message is refused", SOON, () -> events("REFUSED") == 1);
            int queued = events("QUEUED");
            // The network takes some of them meanwhile; with the usual limit there would be a thousand.
            assertThat(queued).isBetween(1, 4 * QUEUE / AbusedApp.FILLING);

            for (int i = events("SENT") + queued; i > 0; i--) {
                assertThat(client.read().payload()).hasSize(AbusedApp.FILLING);
            }
            client.text("fill again");
            assertThat(client.read().payload()).hasSize(AbusedApp.FILLING);
        }
    }
}
