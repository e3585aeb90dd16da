package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static platform.webserver.jetty.PeerFrames.text;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a socket does when time passes and its peer does not do its part. */
class SocketDeadlinesTest {

    private static final byte[] LARGE = new byte[90_000];

    private final SerialTasks executor = new SerialTasks();
    private final SocketFixture sockets = new SocketFixture(executor);
    private final SocketFixture.Opened opened = sockets.open();
    private final Socket socket = opened.socket();
    private final FakeWire wire = opened.wire();

    @BeforeEach
    void begin() {
        executor.runAll();
    }

    @AfterEach
    void nothingIsLeft() {
        wire.cut();
        assertThat(sockets.held()).isZero();
        assertThat(sockets.engine.wheel().size()).isZero();
        sockets.close();
    }

    private List<PeerFrames.Sent> pings() {
        return wire.frames().stream()
                .filter(frame -> frame.opcode() == Frames.PING)
                .toList();
    }

    @Test
    void aSilentPeerIsPingedAndItsAnswerIsCounted() {
        sockets.tick(SocketFixture.PING - 1);
        assertThat(pings()).isEmpty();
        sockets.tick(1);
        assertThat(pings()).hasSize(1);

        wire.arrive(PeerFrames.frame(0x8a, pings().get(0).payload()));

        assertThat(executor.waiting()).isZero();
        assertThat(sockets.group.statistics().pings()).isEqualTo(1);
        assertThat(sockets.group.statistics().pingLatency()).isPositive();
        sockets.tick(2 * SocketFixture.PING - 1);
        assertThat(wire.isCut()).isFalse();
        assertThat(pings()).hasSize(2);
    }

    @Test
    void aPeerThatAnswersNoPingIsCutOff() {
        sockets.tick(2 * SocketFixture.PING - 1);
        assertThat(wire.isCut()).isFalse();
        sockets.tick(1);

        assertThat(wire.isCut()).isTrue();
        executor.runAll();
        assertThat(sockets.events()).isEqualTo("open\nclose 1006\n");
    }

    @Test
    void aPeerThatIsHeardIsNotPinged() {
        for (int i = 0; i < 10; i++) {
            sockets.tick(SocketFixture.PING - 1);
            wire.arrive(text("here"));
            executor.runAll();
        }

        assertThat(pings()).isEmpty();
    }

    @Test
    void anythingThatIsHeardIsAnAnswerToAPing() {
        sockets.tick(SocketFixture.PING + 5);
        wire.arrive(text("here"));
        executor.runAll();

        sockets.tick(SocketFixture.PING);

        assertThat(wire.isCut()).isFalse();
    }

    @Test
    void aPongThatNobodyOfUsAskedForGoesToTheListener() {
        wire.arrive(PeerFrames.frame(0x8a, new byte[] {'a', 'b', 'c', 'd'}));
        executor.runAll();

        assertThat(sockets.events()).isEqualTo("open\npong abcd\n");
        assertThat(sockets.group.statistics().pings()).isZero();
    }

    @Test
    void aPingIsAnsweredByItsPayload() {
        wire.arrive(PeerFrames.frame(0x89, new byte[125]), PeerFrames.frame(0x89, new byte[] {1}));

        assertThat(wire.frames()).extracting(PeerFrames.Sent::first).containsExactly(0x8a, 0x8a);
        assertThat(wire.frames().get(0).payload()).isEqualTo(new byte[125]);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void aPeerIsNotPingedWhileItsMessageWaitsForTheListener() {
        wire.arrive(text("much work"));

        sockets.tick(10 * SocketFixture.PING);

        assertThat(pings()).isEmpty();
        assertThat(wire.isCut()).isFalse();
        executor.runAll();
    }

    @Test
    void aPeerThatReadsNothingIsClosedWith1013AndThenCutOff() {
        wire.room(0);
        socket.send("x");

        sockets.tick(SocketFixture.SLOW - 1);
        assertThat(socket.isOpen()).isTrue();
        sockets.tick(1);
        assertThat(socket.isOpen()).isFalse();
        assertThat(sockets.group.statistics().slowClosed()).isEqualTo(1);
        assertThat(wire.isCut()).isFalse();
        sockets.tick(SocketFixture.CLOSE);

        assertThat(wire.isCut()).isTrue();
        executor.runAll();
        assertThat(sockets.events()).startsWith("open\nclose 1013 Too slow: ");
    }

    @Test
    void aSlowPeerThatReadsAgainGetsTheCloseFrameBehindWhatWaited() {
        wire.room(0);
        socket.send("x");
        sockets.tick(SocketFixture.SLOW);

        wire.drain();

        assertThat(wire.frames()).extracting(PeerFrames.Sent::opcode).containsExactly(1, 8);
        assertThat(wire.frames().get(1).code()).isEqualTo(1013);
    }

    @Test
    void aPeerThatReadsALittleNowAndThenIsKept() {
        wire.room(0);
        socket.send(ByteBuffer.wrap(LARGE));

        sockets.tick(SocketFixture.SLOW - 1);
        assertThat(wire.drainOne()).isTrue();
        sockets.tick(SocketFixture.SLOW - 1);
        assertThat(socket.isOpen()).isTrue();
        assertThat(wire.drainOne()).isTrue();
        sockets.tick(SocketFixture.SLOW);

        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void aPeerThatHasReadAllIsPingedAsBefore() {
        wire.room(0);
        socket.send("x");
        sockets.tick(1);
        wire.drain();

        sockets.tick(SocketFixture.PING);

        assertThat(socket.isOpen()).isTrue();
        assertThat(pings()).hasSize(1);
    }

    @Test
    void aClosingPeerThatStillReadsIsGivenTime() {
        wire.room(0);
        socket.send(ByteBuffer.wrap(LARGE));
        socket.close(1000, "");

        for (int i = 0; i < 3; i++) {
            sockets.tick(SocketFixture.CLOSE - 1);
            assertThat(wire.isCut()).isFalse();
            wire.drainOne();
        }
        sockets.tick(2 * SocketFixture.CLOSE);
        assertThat(wire.isCut()).isTrue();
    }
}
