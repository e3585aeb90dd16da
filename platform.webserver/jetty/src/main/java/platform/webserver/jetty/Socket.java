package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.CallerRunsExecutor;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/**
 * One WebSocket, whatever carries it. What it needs to receive and to send it has only while it does so.
 *
 * <p>Reading is one thread's at a time: the wire's, and from a message that waits for the instance's executor on the
 * executor's, which asks the wire to go on. The state and all that is sent are guarded by the monitor; under it nothing is
 * called that could call back, and nobody else's monitor is taken.
 */
final class Socket extends FrameSender implements WebSocketSession {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
    /** Of the trace flag Webserver. */
    private static final Logger TRACE = LoggerFactory.getLogger("trace.webserver");

    private static final int NO_PING = 0;
    private static final String STOPPED = "The service has stopped.";

    /** The links of the endpoint's list, guarded by the endpoint. */
    Socket previous;

    Socket next;
    boolean listed;

    private final SocketEndpoint endpoint;
    private final WebSocketUpgrade upgrade;
    private final boolean compressing;
    private WebSocketListener listener;
    private volatile boolean nonBlocking;
    private volatile State state = State.OPEN;
    private boolean reading;
    /** Whether the listener has something to do before anything more is read. */
    private volatile boolean paused = true;

    private boolean told;
    /** Whether the listener has been told; to be used by tasks of the instance's executor only. */
    private boolean over;

    private Incoming incoming;
    private CloseFrame closing;
    private Map<String, Object> attributes;
    private volatile int lastHeard;
    private volatile int pingMicros = NO_PING;

    /** @param compressing whether permessage-deflate was agreed on */
    Socket(SocketEndpoint endpoint, WebSocketUpgrade upgrade, boolean compressing) {
        this.endpoint = endpoint;
        this.upgrade = upgrade;
        this.compressing = compressing;
    }

    private enum State {
        /** Neither side has begun to close. */
        OPEN,
        /** We sent a close frame and wait for the peer's. */
        CLOSING,
        /** Nothing that arrives counts any more: we wait for the peer to end the connection. */
        ENDING,
        /** There is no connection. */
        GONE
    }

    @Override
    SocketGroup group() {
        return endpoint.group();
    }

    /** To be called by tasks of the instance's executor only. */
    WebSocketListener listener() {
        return listener;
    }

    private SocketEngine engine() {
        return group().engine();
    }

    private boolean is(State least) {
        return state.compareTo(least) >= 0;
    }

    // --------------------------------------------------------------------------------------------------------- opening

    /** A frame that came in one piece with the upgrade request, before {@link #open}. */
    void keep(ByteBuffer bytes) {
        incoming = new Incoming(this, compression());
        incoming.keep(bytes);
    }

    /** @param mayWait whether this thread may run a listener that waits for something */
    void open(Wire newWire, boolean mayWait) {
        attach(newWire);
        lastHeard = engine().wheel().now();
        if (!endpoint.add(this)) {
            close(CloseCodes.GOING_AWAY, STOPPED);
            wire().readOn();
            return;
        }
        wakeIn(seconds(engine().limits().ping()));
        if ((mayWait || endpoint.opensAtOnce()) && callHere(this::begin) || !callLater(this::begin)) {
            wire().readOn();
        }
    }

    private void begin() {
        TRACE.debug("WebSocket {} opened", endpoint.path());
        listener = endpoint.listenerFor(this);
        nonBlocking = listener.isNonBlocking();
        listener.onOpen(this);
    }

    private Compression compression() {
        return compressing ? engine().compression() : null;
    }

    // --------------------------------------------------------------------------------------------------------- reading

    /**
     * Bytes have arrived.
     *
     * @return whether to read on at once; if not, the wire is told when to
     */
    boolean received(ByteBuffer bytes) {
        lastHeard = engine().wheel().now();
        return read(bytes);
    }

    /** Deals with what was kept while the listener was busy. @return whether to read on at once */
    boolean receivedBefore() {
        return read(null);
    }

    private boolean read(ByteBuffer bytes) {
        Incoming current = beginReading(bytes != null);
        if (current == null) {
            return true;
        }
        boolean more = true;
        try {
            more = current.read(bytes);
        } catch (FrameException e) {
            LOG.debug("{} {}: closed with {}: {}", group().owner(), endpoint.path(), e.code(), e.getMessage());
            end(new CloseFrame(e.code(), e.getMessage()));
        } finally {
            endReading(current);
        }
        // Not before all is put away: the executor may be so quick that it reads on at once.
        Runnable waiting = current.takeWaiting();
        return waiting == null ? more : !callLater(waiting) && receivedBefore();
    }

    private synchronized Incoming beginReading(boolean arrived) {
        paused = false;
        if (is(State.ENDING) || incoming == null && !arrived) {
            return null;
        }
        reading = true;
        if (incoming == null) {
            incoming = new Incoming(this, compression());
        }
        return incoming;
    }

    private synchronized void endReading(Incoming current) {
        reading = false;
        if (is(State.ENDING) || current.isIdle()) {
            current.release();
            incoming = null;
        }
    }

    /** The peer sends no more. */
    void ended() {
        wire().cut();
    }

    /** There is no connection any more. */
    void gone() {
        synchronized (this) {
            state = State.GONE;
            if (incoming != null && !reading) {
                incoming.release();
                incoming = null;
            }
            dropOutput();
        }
        engine().wheel().cancel(this);
        endpoint.remove(this);
        tell(new CloseFrame(CloseCodes.VANISHED, ""));
    }

    // -------------------------------------------------------------------------------------------- calling the listener

    /** Calls a listener that never waits on this thread, if it can be. */
    boolean callAtOnce(Runnable callback) {
        return nonBlocking && callHere(callback);
    }

    /**
     * Calls the listener on this thread, as a part of the instance's executor.
     *
     * @return false when the executor is busy, or knows only threads of its own
     */
    private boolean callHere(Runnable callback) {
        try {
            return group().executor() instanceof CallerRunsExecutor executor && executor.tryRun(() -> guard(callback));
        } catch (RejectedExecutionException e) {
            close(CloseCodes.GOING_AWAY, STOPPED);
            return true;
        }
    }

    /**
     * Calls the listener on the instance's executor, and asks the wire then to read on.
     *
     * @return false when the executor takes no more
     */
    private boolean callLater(Runnable callback) {
        paused = true;
        try {
            group().executor().execute(() -> {
                guard(callback);
                wire().readOn();
            });
            return true;
        } catch (RejectedExecutionException e) {
            close(CloseCodes.GOING_AWAY, STOPPED);
            return false;
        }
    }

    private void guard(Runnable callback) {
        if (over) {
            // The connection was cut while the message was on its way to the executor.
            return;
        }
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "{}: the listener of the WebSocket {} failed; the socket is closed",
                    group().owner(),
                    endpoint.path(),
                    e);
            tellError(e);
            close(CloseCodes.SERVER_ERROR, "The service failed.");
        }
    }

    private void tellError(Throwable cause) {
        if (listener == null) {
            return;
        }
        try {
            listener.onError(this, cause);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: onError of the WebSocket {} failed", group().owner(), endpoint.path(), e);
        }
    }

    /** Tells the listener once that the socket is closed. */
    private void tell(CloseFrame fallback) {
        CloseFrame frame;
        synchronized (this) {
            if (told) {
                return;
            }
            told = true;
            frame = closing == null ? fallback : closing;
        }
        try {
            if (!callAtOnce(() -> tellClosed(frame))) {
                group().executor().execute(() -> tellClosed(frame));
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the instance has stopped; onClose of {} is dropped", group().owner(), endpoint.path());
        }
    }

    private void tellClosed(CloseFrame frame) {
        over = true;
        TRACE.debug("WebSocket {} closed with {}", endpoint.path(), frame.code());
        if (listener == null) {
            return;
        }
        try {
            listener.onClose(this, frame.code(), frame.reason());
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: onClose of the WebSocket {} failed", group().owner(), endpoint.path(), e);
        }
    }

    // --------------------------------------------------------------------------------------------------------- sending

    @Override
    public SendResult send(String message) {
        return isOpen() ? send(Frames.TEXT, utf8(message)) : SendResult.REFUSED;
    }

    @Override
    public SendResult send(ByteBuffer message) {
        return isOpen() ? send(Frames.BINARY, message) : SendResult.REFUSED;
    }

    private SendResult send(int opcode, ByteBuffer message) {
        ByteBuffer packed = compressing ? engine().compression().compress(message) : null;
        SendResult result = packed == null
                ? transmit(Frames.FIN | opcode, message, Purpose.MESSAGE)
                : transmit(Frames.FIN | Frames.COMPRESSED | opcode, packed, Purpose.MESSAGE);
        count(result, message.remaining(), true);
        return result;
    }

    @Override
    public SendResult sendPartial(String part, boolean last) {
        return sendPartial(Frames.TEXT, utf8(part), last);
    }

    @Override
    public SendResult sendPartial(ByteBuffer part, boolean last) {
        return sendPartial(Frames.BINARY, part, last);
    }

    private SendResult sendPartial(int opcode, ByteBuffer part, boolean last) {
        SendResult result = transmit(last ? Frames.FIN | opcode : opcode, part, Purpose.PART);
        count(result, part.remaining(), last);
        return result;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void count(SendResult result, int bytes, boolean whole) {
        if (result == SendResult.REFUSED) {
            group().refusedMessages.increment();
            return;
        }
        group().bytesOut.add(bytes);
        if (whole) {
            group().messagesOut.increment();
        }
    }

    @Override
    public SendResult ping(ByteBuffer payload) {
        if (payload.remaining() > Frames.MAX_CONTROL) {
            throw new IllegalArgumentException("A ping has at most 125 bytes (RFC 6455 5.5)");
        }
        return transmit(Frames.FIN | Frames.PING, payload, Purpose.CONTROL);
    }

    /** Dropped when the queue is full: a flood of pings takes no more memory than that. */
    void pong(byte[] payload) {
        transmit(Frames.FIN | Frames.PONG, ByteBuffer.wrap(payload), Purpose.CONTROL);
    }

    @Override
    synchronized void watch() {
        if (state == State.OPEN) {
            engine().wheel().schedule(this, seconds(engine().limits().slow()));
        }
    }

    @Override
    void afterDrained() {
        if (state == State.ENDING) {
            wire().endOutput();
        }
    }

    // --------------------------------------------------------------------------------------------------------- closing

    @Override
    public void close(int code, String reason) {
        if (!CloseCodes.isSendable(code)) {
            throw new IllegalArgumentException(code + " is no code to close a WebSocket with (RFC 6455 7.4)");
        }
        transmitClose(new CloseFrame(code, reason));
    }

    @Override
    void beginToClose(CloseFrame frame) {
        state = State.CLOSING;
        closing = frame;
        engine().wheel().schedule(this, seconds(engine().limits().close()));
    }

    /**
     * The peer has sent this close frame, or deserves it: it is sent, if none was before. Then only the end of the connection
     * is waited for: to end it ourselves while the peer still sends could cost it our close frame.
     */
    void end(CloseFrame frame) {
        transmitClose(frame);
        boolean flushed;
        synchronized (this) {
            if (state == State.GONE) {
                return;
            }
            state = State.ENDING;
            flushed = isFlushed();
        }
        tell(frame);
        if (flushed) {
            wire().endOutput();
        }
    }

    // ------------------------------------------------------------------------------------------------------- deadlines

    private synchronized void wakeIn(int seconds) {
        if (state != State.GONE) {
            engine().wheel().schedule(this, seconds);
        }
    }

    @Override
    void expired() {
        SocketLimits limits = engine().limits();
        int now = engine().wheel().now();
        int patience = seconds(isOpen() ? limits.slow() : limits.close());
        int stuck = stuckFor(now);
        if (stuck != NOT_STUCK && stuck < patience) {
            wakeIn(patience - stuck);
        } else if (!isOpen()) {
            wire().cut();
        } else if (stuck != NOT_STUCK) {
            LOG.debug("{} {}: the peer does not read; it is closed", group().owner(), endpoint.path());
            group().slowClosed.increment();
            close(CloseCodes.TRY_AGAIN, "Too slow: nothing was read for " + stuck + " s.");
        } else {
            checkSilence(now - lastHeard, seconds(limits.ping()));
        }
    }

    private void checkSilence(int silent, int ping) {
        if (silent < ping || paused) {
            pingMicros = NO_PING;
            wakeIn(silent < ping ? ping - silent : ping);
        } else if (pingMicros == NO_PING) {
            sendPing();
            wakeIn(ping);
        } else {
            LOG.debug("{} {}: no answer to a ping; the connection is cut", group().owner(), endpoint.path());
            wire().cut();
        }
    }

    private void sendPing() {
        int micros = micros() | 1;
        pingMicros = micros;
        ping(ByteBuffer.allocate(Integer.BYTES).putInt(micros).flip());
    }

    /** Whether the payload of a pong is that of our last ping. */
    boolean isAnswerToOurPing(byte[] payload) {
        int sent = pingMicros;
        if (sent == NO_PING
                || payload.length != Integer.BYTES
                || ByteBuffer.wrap(payload).getInt() != sent) {
            return false;
        }
        pingMicros = NO_PING;
        group().pingAnswered(Math.max(0, micros() - sent));
        return true;
    }

    /** Wraps around after an hour, much later than a ping is given up. */
    private static int micros() {
        return (int) (System.nanoTime() / 1000);
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    // ----------------------------------------------------------------------------------------------------------- facts

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public WebSocketUpgrade upgrade() {
        return upgrade;
    }

    @Override
    public synchronized Optional<Object> attribute(String name) {
        return attributes == null ? Optional.empty() : Optional.ofNullable(attributes.get(name));
    }

    @Override
    public synchronized void setAttribute(String name, Object value) {
        if (value != null) {
            attributes = attributes == null ? new HashMap<>(2) : attributes;
            attributes.put(name, value);
        } else if (attributes != null) {
            attributes.remove(name);
        }
    }
}
