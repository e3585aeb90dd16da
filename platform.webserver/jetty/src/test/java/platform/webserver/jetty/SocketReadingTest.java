package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.webserver.jetty.PeerFrames.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import platform.webserver.api.PartialWebSocketListener;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/** How a socket hands on what arrives, with executors of every speed. */
class SocketReadingTest {

    static Stream<Named<Executor>> quickExecutors() {
        return Stream.of(Named.of("the same thread", Runnable::run), Named.of("another thread", task -> {
            Thread thread = new Thread(task);
            thread.start();
            join(thread);
        }));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("quickExecutors")
    void aListenerThatIsDoneBeforeTheReaderIsLosesNothing(Executor executor) {
        try (SocketFixture sockets = new SocketFixture(executor)) {
            SocketFixture.Opened opened = sockets.open();

            opened.wire().arrive(text("1"), text("2"), text("3"), new byte[] {(byte) 0x81});
            opened.wire().arrive(new byte[] {(byte) 0x80, 0, 0, 0, 0}, text("4"));

            assertThat(sockets.events()).isEqualTo("open\ntext 1\ntext 2\ntext 3\ntext \ntext 4\n");
            assertThat(opened.wire().interests()).isEqualTo(3);
            assertThat(sockets.held()).isZero();
        }
    }

    @Test
    void oneMessageAtATimeIsHandedToTheExecutorAndMoreIsReadBehindTheLast() {
        SerialTasks executor = new SerialTasks();
        try (SocketFixture sockets = new SocketFixture(executor)) {
            SocketFixture.Opened opened = sockets.open();
            assertThat(opened.wire().isInterested()).isFalse();
            executor.runAll();

            opened.wire().arrive(text("1"), text("2"), text("3"));

            assertThat(executor.waiting()).isEqualTo(1);
            assertThat(sockets.group.statistics().buffered()).isPositive();
            executor.runOne();
            executor.runOne();
            assertThat(sockets.events()).isEqualTo("open\ntext 1\ntext 2\n");
            assertThat(opened.wire().isInterested()).isFalse();
            executor.runOne();
            assertThat(opened.wire().isInterested()).isTrue();
            assertThat(sockets.group.statistics().messagesIn()).isEqualTo(3);
            assertThat(sockets.held()).isZero();
        }
    }

    @Test
    void aListenerThatNeverBlocksIsCalledByTheReaderUnlessTheExecutorIsBusy() {
        SerialTasks.CallerRuns executor = new SerialTasks.CallerRuns();
        try (SocketFixture sockets = new SocketFixture(executor)) {
            SocketFixture.Opened opened = sockets.listener(nonBlocking(sockets)).open();
            executor.runAll();

            opened.wire().arrive(text("1"), text("2"));
            assertThat(sockets.events()).isEqualTo("open\ntext 1\ntext 2\n");
            assertThat(executor.ranHere).isEqualTo(2);
            executor.execute(() -> sockets.event("other work"));
            opened.wire().arrive(text("3"), text("4"));
            assertThat(sockets.events()).endsWith("text 2\n");
            executor.runAll();

            assertThat(sockets.events()).endsWith("text 2\nother work\ntext 3\ntext 4\n");
            assertThat(opened.wire().isInterested()).isTrue();
            assertThat(sockets.held()).isZero();
        }
    }

    private static WebSocketListener nonBlocking(SocketFixture sockets) {
        return sockets.new Recorder() {
            @Override
            public boolean isNonBlocking() {
                return true;
            }
        };
    }

    @Test
    void aListenerThatMayBlockIsNeverCalledByTheReader() {
        SerialTasks.CallerRuns executor = new SerialTasks.CallerRuns();
        try (SocketFixture sockets = new SocketFixture(executor)) {
            SocketFixture.Opened opened = sockets.open();
            executor.runAll();

            opened.wire().arrive(text("1"));

            assertThat(executor.ranHere).isZero();
            executor.runAll();
            assertThat(sockets.events()).isEqualTo("open\ntext 1\n");
        }
    }

    @Test
    void aListenerForPartsGetsThemAsTheyArriveWithoutALimit() {
        SerialTasks executor = new SerialTasks();
        try (SocketFixture sockets = new SocketFixture(executor)) {
            SocketFixture.Opened opened = sockets.listener(new Parts(sockets)).open();
            executor.runAll();
            byte[] large = new byte[20 * SocketFixture.MESSAGE];

            opened.wire().arrive(PeerFrames.header(0x82, large.length), new byte[10]);
            executor.runAll();
            opened.wire().arrive(new byte[large.length - 10], PeerFrames.frame(0x01, PeerFrames.utf8("a")));
            executor.runAll();
            opened.wire().arrive(PeerFrames.frame(0x80, PeerFrames.utf8("b")));
            executor.runAll();

            assertThat(sockets.events()).isEqualTo("binary 10\nbinary 19990 last\ntext a\ntext b last\n");
            assertThat(sockets.group.statistics().messagesIn()).isEqualTo(2);
            assertThat(sockets.held()).isZero();
        }
    }

    private record Parts(SocketFixture sockets) implements PartialWebSocketListener {
        @Override
        public void onPartialText(WebSocketSession session, String part, boolean last) {
            sockets.event("text " + part + (last ? " last" : ""));
        }

        @Override
        public void onPartialBinary(WebSocketSession session, ByteBuffer part, boolean last) {
            sockets.event("binary " + part.remaining() + (last ? " last" : ""));
        }
    }

    @Test
    void whatIsUnfinishedCountsForTheMemoryAndIsGivenBackWhenTheConnectionIsGone() {
        try (SocketFixture sockets = new SocketFixture(Runnable::run)) {
            SocketFixture.Opened opened = sockets.open(true);
            byte[] packed = PeerFrames.compressed(2, new byte[SocketFixture.MESSAGE]);

            opened.wire().arrive(Arrays.copyOf(packed, packed.length - 1));

            assertThat(sockets.group.statistics().buffered())
                    .isBetween((long) Compression.INFLATER_BYTES, Compression.INFLATER_BYTES + 2000L);
            assertThat(sockets.engine.compression().borrowed()).isEqualTo(1);
            opened.wire().cut();
            assertThat(sockets.held()).isZero();
            assertThat(sockets.events()).isEqualTo("open\nclose 1006\n");
        }
    }
}
