package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import platform.webserver.api.WebSocketSession.SendResult;

/** Many threads on one socket. */
class SocketThreadsTest {

    private static final int SENDERS = 4;
    private static final int MESSAGES = 2000;

    @Test
    void framesStayWholeAndInTheOrderOfEachSender() throws Exception {
        SocketFixture sockets = new SocketFixture(Runnable::run, 100_000_000);
        SocketFixture.Opened opened = sockets.open();
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean sending = new AtomicBoolean(true);
        Future<?> peer = threads.submit(() -> readSlowly(opened.wire(), sending));
        List<Future<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            String name = "sender" + i + " ";
            senders.add(threads.submit(() -> sendAll(opened.socket(), name)));
        }

        int sent = 0;
        for (Future<Integer> sender : senders) {
            sent += sender.get(60, TimeUnit.SECONDS);
        }
        sending.set(false);
        peer.get(60, TimeUnit.SECONDS);
        opened.wire().drain();

        assertThat(opened.wire().frames()).hasSize(sent);
        Map<String, Integer> last = new HashMap<>();
        for (PeerFrames.Sent frame : opened.wire().frames()) {
            String[] words = frame.text().split(" ", -1);
            int number = Integer.parseInt(words[1]);
            assertThat(words[2]).hasSize(number % 7 * 1000);
            assertThat(number).isGreaterThan(last.getOrDefault(words[0], -1));
            last.put(words[0], number);
        }
        assertThat(sockets.held()).isZero();
        threads.shutdownNow();
        sockets.close();
    }

    private static int sendAll(Socket socket, String name) {
        int sent = 0;
        for (int i = 0; i < MESSAGES; i++) {
            if (socket.send(name + i + " " + "x".repeat(i % 7 * 1000) + " ") != SendResult.REFUSED) {
                sent++;
            }
        }
        return sent;
    }

    /** Takes what waits, and now and then little of what comes next. */
    private static void readSlowly(FakeWire wire, AtomicBoolean sending) {
        for (int i = 0; sending.get(); i++) {
            wire.room(i * 37 % 9000);
            wire.drain();
            Thread.onSpinWait();
        }
    }

    @Test
    void onCloseIsCalledOnceThoughBothSidesAndTheNetworkEndItTogether() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        for (int i = 0; i < 300; i++) {
            SerialTasks executor = new SerialTasks();
            SocketFixture sockets = new SocketFixture(executor);
            SocketFixture.Opened opened = sockets.open();
            executor.runAll();
            List<Future<?>> ends = List.of(
                    threads.submit(() -> opened.socket().close(4000, "us")),
                    threads.submit(() -> opened.wire().arrive(PeerFrames.text("x"), PeerFrames.close(4001, "you"))),
                    threads.submit(() -> opened.socket().send("y")),
                    threads.submit(() -> opened.wire().cut()));
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            executor.runAll();

            assertThat(sockets.events()).matches("open\n(text x\n)?close (4000 us|4001 you|1006)\n");
            assertThat(sockets.held()).isZero();
            assertThat(sockets.engine.open()).isZero();
            sockets.close();
        }
        threads.shutdownNow();
    }
}
