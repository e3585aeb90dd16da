package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/**
 * Searches for an order of events that a socket does not bear. Whatever its peer, its app, its executor, the network and the
 * clock do: onOpen is the first and onClose the last and only one, what leaves are well-formed messages with nothing behind
 * the close frame, and at the end nothing is held.
 */
class SocketFuzzTest {

    private static final int[] OPCODES = {0, 1, 2, 1, 2, 8, 9, 10};
    private static final int[] BUDGETS = {100, 3000, 1_000_000};
    private static final int MOST_EVENTS = 200;

    private FuzzedDataProvider data;
    private SerialTasks executor;
    private SocketFixture sockets;
    private Socket socket;
    private FakeWire wire;

    /** The time-out is for one input. */
    @Timeout(20)
    @FuzzTest(maxDuration = "7s")
    void anyEventsInAnyOrder(FuzzedDataProvider anyData) {
        data = anyData;
        boolean nonBlocking = data.consumeBoolean();
        executor = nonBlocking ? new SerialTasks.CallerRuns() : new SerialTasks();
        sockets = new SocketFixture(executor, data.pickValue(BUDGETS));
        SocketFixture.Opened opened = sockets.listener(listener(nonBlocking)).open(data.consumeBoolean());
        socket = opened.socket();
        wire = opened.wire();
        for (int i = 0; i < MOST_EVENTS && data.remainingBytes() > 0; i++) {
            event();
        }
        wire.drain();
        if (!wire.isCut()) {
            checkSent(wire.frames());
        }
        wire.cut();
        executor.runAll();
        checkEvents(sockets.events().lines().toList());
        assertThat(sockets.held()).isZero();
        assertThat(sockets.engine.open()).isZero();
        assertThat(sockets.engine.wheel().size()).isZero();
        sockets.close();
    }

    private WebSocketListener listener(boolean nonBlocking) {
        return sockets.new Recorder() {
            @Override
            public boolean isNonBlocking() {
                return nonBlocking;
            }

            @Override
            public void onText(WebSocketSession session, String message) {
                sockets.event("text");
            }

            @Override
            public void onBinary(WebSocketSession session, ByteBuffer message) {
                sockets.event("binary");
            }

            @Override
            public void onPong(WebSocketSession session, ByteBuffer payload) {
                sockets.event("pong");
            }

            @Override
            public void onClose(WebSocketSession session, int code, String reason) {
                sockets.event("close " + code);
            }
        };
    }

    private void event() {
        switch (data.consumeInt(0, 13)) {
            case 0, 1, 2 -> arrive();
            case 3 -> executor.runOne();
            case 4 -> executor.runAll();
            case 5 -> trySending(() -> socket.send("x".repeat(data.consumeInt(0, 3000))));
            case 6 -> trySending(() -> socket.send(ByteBuffer.allocate(data.consumeInt(0, 70_000))));
            case 7 -> trySending(() -> socket.sendPartial("y", data.consumeBoolean()));
            case 8 -> trySending(() -> socket.sendPartial(ByteBuffer.allocate(5000), data.consumeBoolean()));
            case 9 -> wire.room(data.consumeInt(0, 50_000));
            case 10 -> wire.drainOne();
            case 11 -> sockets.tick(data.consumeInt(1, 40));
            case 12 -> socket.ping(ByteBuffer.allocate(data.consumeInt(0, 125)));
            default -> end();
        }
    }

    private void end() {
        switch (data.consumeInt(0, 3)) {
            case 0 -> socket.close(data.consumeInt(3000, 4999), "");
            case 1 -> sockets.endpoint.close("end");
            case 2 -> socket.ended();
            default -> executor.stop();
        }
    }

    private void arrive() {
        int first = data.pickValue(OPCODES) | (data.consumeInt(0, 3) == 0 ? 0 : Frames.FIN);
        byte[] payload = data.consumeBytes(data.consumeInt(0, 150));
        byte[] frame = data.consumeInt(0, 3) == 0
                ? PeerFrames.frame(first | Frames.COMPRESSED, PeerFrames.deflate(payload))
                : PeerFrames.frame(first, payload);
        int split = data.consumeInt(0, frame.length);
        if (wire.isInterested()) {
            wire.arrive(Arrays.copyOf(frame, split));
        }
        if (wire.isInterested()) {
            wire.arrive(Arrays.copyOfRange(frame, split, frame.length));
        }
    }

    private static void trySending(Runnable send) {
        try {
            send.run();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageStartingWith("A message is being sent in parts");
        }
    }

    private static void checkSent(List<PeerFrames.Sent> frames) {
        boolean within = false;
        for (int i = 0; i < frames.size(); i++) {
            PeerFrames.Sent frame = frames.get(i);
            switch (frame.opcode()) {
                case Frames.CONTINUATION -> assertThat(within).isTrue();
                case Frames.TEXT, Frames.BINARY -> assertThat(within).isFalse();
                case Frames.CLOSE -> assertThat(i).isEqualTo(frames.size() - 1);
                case Frames.PING, Frames.PONG -> assertThat(frame.first()).isGreaterThanOrEqualTo(0x80);
                default -> fail("opcode " + frame.opcode());
            }
            within = frame.opcode() >= Frames.CLOSE ? within : !Frames.isLast(frame.first());
        }
    }

    private static void checkEvents(List<String> events) {
        for (int i = 0; i < events.size(); i++) {
            String event = events.get(i);
            assertThat(event.equals("open")).as("%s", events).isEqualTo(i == 0);
            if (event.startsWith("close ")) {
                assertThat(i).as("%s", events).isEqualTo(events.size() - 1);
            }
            assertThat(event).doesNotStartWith("error");
        }
    }
}
