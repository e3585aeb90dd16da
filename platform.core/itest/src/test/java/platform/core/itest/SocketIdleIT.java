package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sockets that do nothing cost next to nothing, in a heap of 64 MB; and of those that are gone nothing is left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketIdleIT {

    private static final int SOCKETS = 19_000;
    /** Beside the sockets: jars, the database, the log. */
    private static final int OTHER_FILES = 900;

    /** The webserver's pool has at most {@code max.requests}, and keeps them for a minute. */
    private static final int POOLED_THREADS = 256;

    private static final int MOST_RESIDENT_MB = 300;

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SOCKET = "platform.webserver.jetty.Socket";

    /** With both compilers, as it is delivered: they take memory, too. */
    private final Product product =
            Product.of(Product.built()).with("PLATFORM_MAX_HEAP", "64m").with("PLATFORM_JAVA_OPTS", "");

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance hello;
    private ProductVm vm;

    @BeforeAll
    void start() {
        product.start();
        product.dropSample("hello");
        hello = ProductInstance.create(product, "idle@example.com", "hello");
        vm = new ProductVm(product);
        // Pools, buffers and classes that stay.
        openAndDrop(100);
    }

    @AfterAll
    void stop() {
        product.close();
    }

    private void openAndDrop(int count) {
        for (int i = 0; i < count; i++) {
            WireClient client = WireClient.open(hello.webSocket("/echo"));
            assertThat(client.text("hello " + i).readText()).isEqualTo("hello " + i);
            if (i % 2 == 0) {
                client.closeInOrder();
            } else {
                client.reset();
            }
        }
    }

    @Test
    void aThousandSocketsThatCameAndWentLeaveNothingBehind() {
        int sockets = vm.sockets(new ProductDatabase(product.data()));
        int threads = vm.threads();

        openAndDrop(1000);

        mustBeAsBefore(sockets, threads);
    }

    private void mustBeAsBefore(int sockets, int threads) {
        ProductDatabase database = new ProductDatabase(product.data());
        ProductWait.until("no more sockets are open than " + sockets, SOON, () -> vm.sockets(database) <= sockets);
        ProductWait.until("no socket is in the memory", SOON, () -> {
            // Jetty's selector remembers the connection that it woke up for last.
            ProductHttp.get(product.http());
            return vm.live(SOCKET) == 0;
        });
        assertThat(vm.threads()).as("threads").isLessThan(threads + POOLED_THREADS);
    }

    @Test
    void nineteenThousandIdleSocketsLiveInASmallHeap() throws IOException {
        mustBeAllowed("the product", vm);
        mustBeAllowed("the test", new ProductVm(ProcessHandle.current()));
        int open = vm.sockets(new ProductDatabase(product.data()));
        int threads = vm.threads();
        int before = vm.liveKilobytes();
        try (IdleSockets sockets = new IdleSockets(hello.webSocket("/echo"))) {
            sockets.openAll(SOCKETS);
            sockets.mustStayOpen(IDLE);
            sockets.askAll();

            assertThat(vm.live(SOCKET)).isEqualTo(SOCKETS);
            assertThat(vm.resident()).as("megabytes").isLessThan(MOST_RESIDENT_MB);
            assertThat(vm.threads()).as("threads").isLessThan(threads + POOLED_THREADS);

            ProductProcess stop = ProductProcess.start(
                    product.command("shell", "--data", product.data().toString(), "instance:stop", hello.id()));
            assertThat(sockets.awaitClosed()).isEqualTo(Map.of(1001, SOCKETS));
            assertThat(stop.finish(Product.COMMAND).status()).isZero();
        }
        mustBeAsBefore(open, threads);
        assertThat(vm.liveKilobytes()).as("kilobytes in use").isLessThan(before + 4_000);
        assertThat(product.shell("instance:start", hello.id()).status()).isZero();
    }

    private static void mustBeAllowed(String who, ProductVm vm) {
        assertThat(vm.filesAllowed())
                .as("The files that %s may open: raise the limit where the tests are started, by ulimit -Hn 20000", who)
                .isGreaterThanOrEqualTo(SOCKETS + OTHER_FILES);
    }
}
