package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/** Sockets without a network, and a clock that stands until {@link #tick} is called. */
final class SocketFixture implements AutoCloseable {

    static final int MESSAGE = 1000;
    static final int QUEUE = 100_000;
    static final int PING = 30;
    static final int SLOW = 10;
    static final int CLOSE = 3;

    final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    final SocketEngine engine;
    final SocketGroup group;
    private final StringBuilder events = new StringBuilder();
    private WebSocketListener listener = new Recorder();
    final SocketEndpoint endpoint;

    SocketFixture(Executor executor) {
        this(executor, 1_000_000);
    }

    /** @param buffer what all that waits may take */
    SocketFixture(Executor executor, long buffer) {
        SocketLimits limits = new SocketLimits(
                100,
                100,
                100,
                100,
                MESSAGE,
                QUEUE,
                buffer,
                buffer,
                256,
                Duration.ofSeconds(PING),
                Duration.ofSeconds(SLOW),
                Duration.ofSeconds(CLOSE));
        engine = new SocketEngine(limits, buffers, new StandingClock(), Runnable::run);
        group = new SocketGroup(new PathSpec("/a", "a@example.com", "test", executor), engine);
        endpoint = new SocketEndpoint(group, "/", WebSocketOptions.DEFAULT, session -> listener);
        endpoint.accept();
        start(engine);
    }

    private static void start(SocketEngine engine) {
        try {
            engine.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The listener of the sockets that are opened from now on. */
    SocketFixture listener(WebSocketListener newListener) {
        listener = newListener;
        return this;
    }

    Socket socket(boolean compressing) {
        return new Socket(
                endpoint, new WebSocketUpgrade("/", "", Optional.empty(), "", Map.of(), Optional.empty()), compressing);
    }

    /** Opens a socket that does not compress. */
    Opened open() {
        return open(false);
    }

    Opened open(boolean compressing) {
        Socket socket = socket(compressing);
        FakeWire wire = new FakeWire(socket);
        socket.open(wire, false);
        return new Opened(socket, wire);
    }

    record Opened(Socket socket, FakeWire wire) {}

    void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            engine.wheel().tick();
        }
    }

    synchronized void event(String event) {
        events.append(event).append('\n');
    }

    /** What the recorder was told, a line each. */
    synchronized String events() {
        return events.toString();
    }

    synchronized void forgetEvents() {
        events.setLength(0);
    }

    /** How much is held anywhere by all sockets: zero when nothing is under way. */
    long held() {
        return engine.budget().used()
                + group.budget().used()
                + engine.compression().borrowed()
                + buffers.getLeaks().size();
    }

    @Override
    public void close() {
        try {
            engine.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes down what it is told. */
    class Recorder implements WebSocketListener {
        @Override
        public void onOpen(WebSocketSession session) {
            event("open");
        }

        @Override
        public void onText(WebSocketSession session, String message) {
            event("text " + message);
        }

        @Override
        public void onBinary(WebSocketSession session, ByteBuffer message) {
            event("binary " + StandardCharsets.ISO_8859_1.decode(message));
        }

        @Override
        public void onPong(WebSocketSession session, ByteBuffer payload) {
            event("pong " + StandardCharsets.ISO_8859_1.decode(payload));
        }

        @Override
        public void onClose(WebSocketSession session, int code, String reason) {
            event(("close " + code + " " + reason).strip());
        }

        @Override
        public void onError(WebSocketSession session, Throwable cause) {
            event("error " + cause.getMessage());
        }
    }

    /** Never says that a second has passed. */
    private static final class StandingClock extends AbstractLifeCycle implements Scheduler {
        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            return () -> true;
        }
    }
}
