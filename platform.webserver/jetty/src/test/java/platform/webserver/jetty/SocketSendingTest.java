package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.webserver.api.WebSocketSession.SendResult;

/** What leaves a socket, and what waits in it. */
class SocketSendingTest {

    private static final byte[] NOISE = new byte[90_000];

    static {
        new Random(6).nextBytes(NOISE);
    }

    private final SerialTasks executor = new SerialTasks();
    private final SocketFixture sockets = new SocketFixture(executor);
    private final SocketFixture.Opened opened = sockets.open();
    private final Socket socket = opened.socket();
    private final FakeWire wire = opened.wire();

    @AfterEach
    void nothingIsHeldWhenAllIsOver() {
        wire.cut();
        assertThat(sockets.held()).isZero();
        assertThat(sockets.group.statistics().open()).isZero();
        sockets.close();
    }

    @Test
    void whatTheNetworkTakesIsSentInOneFrame() {
        ByteBuffer message = ByteBuffer.wrap(NOISE, 10, 1000);

        assertThat(socket.send("hällo")).isEqualTo(SendResult.SENT);
        assertThat(socket.send(message)).isEqualTo(SendResult.SENT);
        assertThat(socket.send(ByteBuffer.wrap(NOISE))).isEqualTo(SendResult.SENT);
        assertThat(socket.send("")).isEqualTo(SendResult.SENT);

        assertThat(message.remaining()).isEqualTo(1000);
        List<PeerFrames.Sent> frames = wire.frames();
        assertThat(frames).extracting(PeerFrames.Sent::first).containsExactly(0x81, 0x82, 0x82, 0x81);
        assertThat(frames.get(0).text()).isEqualTo("hällo");
        assertThat(frames.get(1).payload()).isEqualTo(Arrays.copyOfRange(NOISE, 10, 1010));
        assertThat(frames.get(2).payload()).isEqualTo(NOISE);
        assertThat(sockets.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 10, 4000, 17 * 1024, 40_000, 90_003, 90_004})
    void whatTheNetworkDoesNotTakeFollowsInOrder(int taken) {
        wire.room(taken);

        SendResult first = socket.send(ByteBuffer.wrap(NOISE));
        SendResult second = socket.send("after");

        assertThat(first).isEqualTo(taken < NOISE.length + 10 ? SendResult.QUEUED : SendResult.SENT);
        assertThat(second).isEqualTo(SendResult.QUEUED);
        wire.drain();
        assertThat(wire.frames()).extracting(PeerFrames.Sent::opcode).containsExactly(2, 1);
        assertThat(wire.frames().get(0).payload()).isEqualTo(NOISE);
        assertThat(wire.frames().get(1).text()).isEqualTo("after");
        assertThat(sockets.held()).isZero();
        assertThat(socket.send("at once")).isEqualTo(SendResult.SENT);
    }

    @Test
    void aQueueTakesSoMuchAndNoMore() {
        wire.room(0);
        byte[] message = new byte[1000];

        int queued = 0;
        while (socket.send(ByteBuffer.wrap(message)) == SendResult.QUEUED) {
            queued++;
        }

        assertThat(queued).isBetween(80, 100);
        assertThat(sockets.group.statistics().buffered()).isLessThanOrEqualTo(SocketFixture.QUEUE + 1100);
        assertThat(sockets.group.statistics().refusedMessages()).isEqualTo(1);
        assertThat(sockets.group.statistics().messagesOut()).isEqualTo(queued);
        wire.drain();
        assertThat(wire.frames()).hasSize(queued);
        assertThat(socket.send("again")).isEqualTo(SendResult.SENT);
    }

    @Test
    void aMessageLargerThanTheQueueLeavesIfItIsTheOnlyOne() {
        byte[] large = new byte[2 * SocketFixture.QUEUE];
        wire.room(1000);

        assertThat(socket.send(ByteBuffer.wrap(large))).isEqualTo(SendResult.QUEUED);
        assertThat(socket.send("more")).isEqualTo(SendResult.REFUSED);

        wire.drain();
        assertThat(wire.frames()).hasSize(1);
        assertThat(wire.frames().get(0).payload()).isEqualTo(large);
    }

    @Test
    void aBrokenConnectionRefusesAndIsReportedOnce() {
        wire.failWith(new IOException("Broken pipe"));

        assertThat(socket.send("x")).isEqualTo(SendResult.REFUSED);
        assertThat(wire.isCut()).isTrue();
        assertThat(socket.send("y")).isEqualTo(SendResult.REFUSED);

        executor.runAll();
        assertThat(sockets.events()).endsWith("close 1006\n").containsOnlyOnce("close");
    }

    @Test
    void aConnectionThatBreaksWhileSomethingWaitsGivesEverythingBack() {
        wire.room(5);
        socket.send(ByteBuffer.wrap(NOISE));
        socket.send("y");

        wire.breakDown();

        assertThat(wire.isCut()).isTrue();
        assertThat(sockets.held()).isZero();
    }

    @Test
    void partsMakeOneMessageAndPingsGoBetweenThem() {
        assertThat(socket.sendPartial("a", false)).isEqualTo(SendResult.SENT);
        socket.ping(ByteBuffer.wrap(new byte[] {7}));
        socket.sendPartial("b", false);
        socket.sendPartial("", true);
        socket.sendPartial(ByteBuffer.wrap(new byte[1]), true);
        socket.send("whole");

        assertThat(wire.frames())
                .extracting(PeerFrames.Sent::first)
                .containsExactly(0x01, 0x89, 0x00, 0x80, 0x82, 0x81);
        assertThat(sockets.group.statistics().messagesOut()).isEqualTo(3);
    }

    @Test
    void messagesAreNotMixed() {
        socket.sendPartial("a", false);

        assertThatThrownBy(() -> socket.sendPartial(ByteBuffer.allocate(1), true))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> socket.send("b")).isInstanceOf(IllegalStateException.class);
        assertThat(socket.sendPartial("c", true)).isEqualTo(SendResult.SENT);
        assertThat(wire.frames()).extracting(PeerFrames.Sent::text).containsExactly("a", "c");
    }

    @Test
    void aPingIsShort() {
        assertThat(socket.ping(ByteBuffer.allocate(125))).isEqualTo(SendResult.SENT);
        assertThatThrownBy(() -> socket.ping(ByteBuffer.allocate(126))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCompressedMessageIsMarkedAndShort() {
        SocketFixture.Opened zip = sockets.open(true);
        zip.socket().send("yes ".repeat(1000));
        zip.socket().send("short");
        zip.socket().send(ByteBuffer.wrap(NOISE, 0, 1000));
        zip.socket().sendPartial("yes ".repeat(1000), true);

        assertThat(zip.wire().frames()).extracting(PeerFrames.Sent::first).containsExactly(0xc1, 0x81, 0x82, 0x81);
        assertThat(zip.wire().frames().get(0).payload()).hasSizeLessThan(100);
        assertThat(sockets.engine.compression().borrowed()).isZero();
        zip.wire().cut();
    }

    @Test
    void attributesAreKeptUntilTheyAreRemoved() {
        assertThat(socket.attribute("name")).isEmpty();
        socket.setAttribute("name", null);
        socket.setAttribute("name", 1);
        assertThat(socket.attribute("name")).contains(1);
        socket.setAttribute("name", null);
        assertThat(socket.attribute("name")).isEmpty();
    }

    @Test
    void whatIsBeingWrittenCountsAsWaiting() {
        wire.room(0);

        socket.send(ByteBuffer.wrap(NOISE, 0, 20_000));

        assertThat(wire.isWriting()).isTrue();
        assertThat(sockets.group.statistics().buffered()).isGreaterThanOrEqualTo(20_000);
        wire.drain();
        assertThat(sockets.held()).isZero();
    }

    @Test
    void allSocketsOfAnInstanceShareItsMemory() {
        SocketFixture small = new SocketFixture(executor, 10_000);
        SocketFixture.Opened one = small.open();
        SocketFixture.Opened other = small.open();
        one.wire().room(0);
        other.wire().room(0);

        assertThat(one.socket().send(ByteBuffer.wrap(NOISE, 0, 6000))).isEqualTo(SendResult.QUEUED);
        assertThat(other.socket().send(ByteBuffer.wrap(NOISE, 0, 6000))).isEqualTo(SendResult.REFUSED);
        one.wire().drain();
        assertThat(other.socket().send(ByteBuffer.wrap(NOISE, 0, 6000))).isEqualTo(SendResult.QUEUED);

        other.wire().cut();
        assertThat(small.held()).isZero();
        small.close();
    }

    @Test
    void behindAPartThatWasRefusedTheRestOfItsMessageIsToo() {
        socket.sendPartial("begin", false);
        wire.room(0);
        socket.ping(ByteBuffer.allocate(1));
        assertThat(socket.sendPartial("x".repeat(200_000), false)).isEqualTo(SendResult.REFUSED);
        wire.drain();

        assertThat(socket.sendPartial("end", true)).isEqualTo(SendResult.REFUSED);
        assertThat(wire.frames()).extracting(PeerFrames.Sent::opcode).containsExactly(1, 9);
    }

    @Test
    void behindAFirstPartThatWasRefusedTheNextMessageLeaves() {
        wire.room(0);
        socket.send("waits");
        assertThat(socket.sendPartial("x".repeat(200_000), false)).isEqualTo(SendResult.REFUSED);
        wire.drain();

        assertThat(socket.sendPartial("y", false)).isEqualTo(SendResult.REFUSED);
        assertThat(socket.sendPartial("z", true)).isEqualTo(SendResult.REFUSED);
        assertThat(socket.sendPartial("next", true)).isEqualTo(SendResult.SENT);
        assertThat(wire.frames()).extracting(PeerFrames.Sent::text).containsExactly("waits", "next");
    }
}
