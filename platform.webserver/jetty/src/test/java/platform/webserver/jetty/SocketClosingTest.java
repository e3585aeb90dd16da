package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static platform.webserver.jetty.PeerFrames.text;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;

/** The closing handshake from either side, and every other end. */
class SocketClosingTest {

    private final SerialTasks executor = new SerialTasks();
    private final SocketFixture sockets = new SocketFixture(executor);
    private final SocketFixture.Opened opened = sockets.open();
    private final Socket socket = opened.socket();
    private final FakeWire wire = opened.wire();
    private Runnable beforeNext = () -> {};

    @AfterEach
    void onCloseWasTheLastAndNothingIsHeld() {
        wire.cut();
        executor.runAll();
        assertThat(sockets.events().lines().filter(event -> event.startsWith("close ")))
                .hasSize(1);
        assertThat(sockets.events().lines().reduce((a, b) -> b).orElse("")).startsWith("close ");
        assertThat(sockets.held()).isZero();
        assertThat(sockets.engine.wheel().size()).isZero();
        assertThat(sockets.engine.open()).isZero();
        sockets.close();
    }

    private String events() {
        executor.runAll();
        return sockets.events();
    }

    @Test
    void thePeersCloseIsAnsweredByTheSame() {
        events();
        wire.arrive(PeerFrames.close(4711, "bye"), text("nobody reads this"));

        assertThat(events()).isEqualTo("open\nclose 4711 bye\n");
        assertThat(wire.frames()).hasSize(1);
        assertThat(wire.frames().get(0).code()).isEqualTo(4711);
        assertThat(wire.frames().get(0).text()).endsWith("bye");
        assertThat(wire.isOutputEnded()).isTrue();
        assertThat(wire.isCut()).isFalse();
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void aCloseWithoutACodeIsAnsweredSoAndReportedAs1005() {
        events();
        wire.arrive(PeerFrames.frame(0x88, new byte[0]));

        assertThat(events()).isEqualTo("open\nclose 1005\n");
        assertThat(wire.frames().get(0).payload()).isEmpty();
    }

    @Test
    void ourCloseIsReportedWhenThePeerHasAnswered() {
        events();
        socket.close(4000, "enough");
        assertThat(wire.isOutputEnded()).isFalse();
        wire.arrive(text("on its way"));
        assertThat(events()).isEqualTo("open\n");
        assertThat(socket.send("late")).isEqualTo(SendResult.REFUSED);

        wire.arrive(PeerFrames.close(1000, ""));

        assertThat(events()).isEqualTo("open\nclose 4000 enough\n");
        assertThat(wire.frames()).hasSize(1);
        assertThat(wire.isOutputEnded()).isTrue();
    }

    @Test
    void closingAgainDoesNothing() {
        socket.close(4000, "one");
        socket.close(4001, "two");

        assertThat(wire.frames()).extracting(PeerFrames.Sent::code).containsExactly(4000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, -1})
    void aCodeThatMayNotBeSentIsRefused(int code) {
        assertThatThrownBy(() -> socket.close(code, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void aReasonThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> socket.close(1000, "x".repeat(124))).isInstanceOf(IllegalArgumentException.class);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void whatWaitsLeavesBeforeTheCloseFrameAndThenTheOutputEnds() {
        events();
        wire.room(0);
        socket.send("first");
        wire.arrive(PeerFrames.close(1000, ""));
        assertThat(wire.isOutputEnded()).isFalse();

        wire.drain();

        assertThat(wire.frames()).extracting(PeerFrames.Sent::opcode).containsExactly(1, 8);
        assertThat(wire.isOutputEnded()).isTrue();
    }

    @Test
    void aPeerThatDoesNotAnswerIsCutOff() {
        events();
        socket.close(4000, "enough");

        sockets.tick(SocketFixture.CLOSE - 1);
        assertThat(wire.isCut()).isFalse();
        sockets.tick(1);

        assertThat(wire.isCut()).isTrue();
        assertThat(events()).isEqualTo("open\nclose 4000 enough\n");
    }

    @Test
    void aPeerThatDoesNotEndTheConnectionIsCutOff() {
        events();
        wire.arrive(PeerFrames.close(1000, ""));

        sockets.tick(SocketFixture.CLOSE);

        assertThat(wire.isCut()).isTrue();
    }

    @Test
    void aCloseThatIsNoneIsAProtocolError() {
        events();
        wire.arrive(PeerFrames.frame(0x88, new byte[] {1}));

        assertThat(events()).startsWith("open\nclose 1002");
        assertThat(wire.frames().get(0).code()).isEqualTo(1002);
    }

    @Test
    void whatBreaksTheProtocolClosesAndIsTheLastThatIsRead() {
        events();
        wire.arrive(text("good"));
        events();
        wire.arrive(new byte[] {(byte) 0x83, (byte) 0x80}, text("behind"));
        wire.arrive(text("later"));

        assertThat(events()).isEqualTo("open\ntext good\nclose 1002 opcode 3 is reserved\n");
        assertThat(wire.isOutputEnded()).isTrue();
    }

    @Test
    void aMessageThatWaitsForItsTurnIsNotReadAfterTheConnectionIsGone() {
        events();
        wire.arrive(text("1"), text("2"));

        wire.cut();

        assertThat(events()).isEqualTo("open\ntext 1\nclose 1006\n");
    }

    @Test
    void aListenerThatThrowsIsToldAndClosed() {
        events();
        sockets.listener(sockets.new Recorder() {
            @Override
            public void onText(WebSocketSession session, String message) {
                throw new IllegalStateException("as asked");
            }
        });
        SocketFixture.Opened failing = sockets.open();
        executor.runAll();
        failing.wire().arrive(text("x"), text("y"));

        assertThat(events()).isEqualTo("open\nopen\nerror as asked\n");
        assertThat(failing.wire().frames().get(0).code()).isEqualTo(1011);
        failing.wire().cut();
        executor.runAll();
        assertThat(sockets.events()).endsWith("close 1011 The service failed.\n");
        sockets.forgetEvents();
    }

    @Test
    void aStoppedInstanceClosesWith1001() {
        events();
        SerialTasks stopping = new SerialTasks();
        SocketFixture other = new SocketFixture(stopping);
        SocketFixture.Opened late = other.open();
        stopping.runAll();
        stopping.stop();

        late.wire().arrive(text("x"));

        assertThat(late.wire().frames().get(0).code()).isEqualTo(1001);
        assertThat(late.wire().interests()).isEqualTo(2);
        late.wire().cut();
        assertThat(other.held()).isZero();
        assertThat(other.events()).isEqualTo("open\n");
        other.close();
    }

    @Test
    void aMessageThatFindsNoRoomClosesWith1013AndMoreIsAskedForOnce() {
        SerialTasks slow = new SerialTasks();
        SocketFixture small = new SocketFixture(slow, 500);
        SocketFixture.Opened crowded = small.open();
        slow.runAll();
        int interests = crowded.wire().interests();

        crowded.wire().arrive(PeerFrames.binary(new byte[900]));
        slow.runAll();

        assertThat(crowded.wire().interests()).isEqualTo(interests + 1);
        assertThat(small.events()).doesNotContain("binary");
        assertThat(crowded.wire().frames().get(0).code()).isEqualTo(1013);
        assertThat(small.held()).isZero();
        small.close();
    }

    @Test
    void aSocketThatOpensWhileItsPathClosesGetsNoListener() {
        events();
        sockets.endpoint.close("bye");
        SocketFixture.Opened late = sockets.open();

        assertThat(late.wire().frames().get(0).code()).isEqualTo(1001);
        assertThat(late.wire().interests()).isEqualTo(1);
        late.wire().arrive(PeerFrames.close(1001, ""));
        late.wire().cut();
        assertThat(events()).isEqualTo("open\n");
    }

    @Test
    void aBinaryFrameThatCameWithTheUpgradeIsReadAfterOnOpen() {
        events();
        Socket eager = sockets.socket(false);
        FakeWire itsWire = new FakeWire(eager);
        eager.keep(ByteBuffer.wrap(PeerFrames.binary(new byte[] {'a'})));
        eager.open(itsWire, false);

        assertThat(events()).isEqualTo("open\nopen\nbinary a\n");
        assertThat(itsWire.interests()).isEqualTo(1);
        eager.gone();
        executor.runAll();
        sockets.forgetEvents();
    }

    @Test
    void theOutputDoesNotEndBeforeTheCloseFrameHasLeft() {
        events();
        // A thread that has just written the last of what waited looks whether the socket ends.
        wire.beforeWrite(socket::afterDrained);

        wire.arrive(PeerFrames.close(1000, ""));

        assertThat(wire.frames()).extracting(PeerFrames.Sent::opcode).containsExactly(8);
        assertThat(wire.isOutputEnded()).isTrue();
    }

    @Test
    void aListenerThatThrowsEvenWhenItIsToldIsReadOnAndClosed() {
        events();
        sockets.listener(new WebSocketListener() {
            @Override
            public void onText(WebSocketSession session, String message) {
                throw new NoClassDefFoundError("gone with its bundle");
            }

            @Override
            public void onError(WebSocketSession session, Throwable cause) {
                throw new NoClassDefFoundError("gone as well");
            }

            @Override
            public void onClose(WebSocketSession session, int code, String reason) {
                throw new NoClassDefFoundError("and this");
            }
        });
        SocketFixture.Opened failing = sockets.open();
        executor.runAll();
        failing.wire().arrive(text("x"));
        int interests = failing.wire().interests();
        executor.runAll();

        assertThat(failing.wire().frames().get(0).code()).isEqualTo(1011);
        assertThat(failing.wire().interests()).isEqualTo(interests + 1);
        failing.wire().cut();
        executor.runAll();
    }

    @Test
    void nothingComesAfterOnCloseThoughTheConnectionIsCutWhileAMessageIsRead() {
        SerialTasks cutting = new SerialTasks() {
            @Override
            public void execute(Runnable task) {
                Runnable before = beforeNext;
                beforeNext = () -> {};
                before.run();
                super.execute(task);
            }
        };
        SocketFixture racing = new SocketFixture(cutting);
        SocketFixture.Opened raced = racing.open();
        cutting.runAll();
        beforeNext = raced.wire()::cut;

        raced.wire().arrive(text("too late"));
        cutting.runAll();

        assertThat(racing.events()).isEqualTo("open\nclose 1006\n");
        assertThat(racing.held()).isZero();
        racing.close();
        socket.close(1000, "");
    }
}
