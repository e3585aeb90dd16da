package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/**
 * One WebSocket. Jetty calls it with frames; the app's listener is called with messages on the instance's executor. The
 * next frame is asked for only after the listener has dealt with the message before it, so that a slow app slows its
 * clients down and not the heap.
 */
final class Socket implements FrameHandler, WebSocketSession {

    static final int MAX_MESSAGE = 1024 * 1024;

    /** How much may wait for a slow peer before messages are refused. */
    static final int MAX_QUEUED = 1024 * 1024;

    private static final int FRAME_COST = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private final SocketEndpoint endpoint;
    private final String path;
    private final String query;
    private final Message message = new Message(MAX_MESSAGE);
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean demanding = new AtomicBoolean();
    private volatile boolean pinged;
    private volatile CoreSession core;
    /** Touched by tasks of the instance's executor only. */
    private WebSocketListener listener;

    Socket(SocketEndpoint endpoint, String path, String query) {
        this.endpoint = endpoint;
        this.path = path;
        this.query = query;
    }

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        core = session;
        session.addIdleTimeoutListener(timeout -> isDead());
        callback.succeeded();
        if (!endpoint.add(this)) {
            close(CloseStatus.SHUTDOWN, "The service has stopped.");
            return;
        }
        run(() -> {
            listener = endpoint.listenerFor(this);
            listener.onOpen(this);
        });
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        demanding.set(false);
        pinged = false;
        if (frame.isControlFrame() || closing.get()) {
            callback.succeeded();
            demand();
            return;
        }
        Runnable delivery;
        try {
            message.add(frame);
            delivery = frame.isFin() ? delivery() : null;
        } catch (WebSocketException e) {
            callback.failed(e);
            return;
        }
        callback.succeeded();
        if (delivery == null) {
            demand();
        } else {
            run(delivery);
        }
    }

    private Runnable delivery() {
        if (message.isText()) {
            String text = message.takeText();
            return () -> listener.onText(this, text);
        }
        ByteBuffer bytes = message.takeBytes();
        return () -> listener.onBinary(this, bytes);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        submit(() -> tellError(cause));
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closing.set(true);
        endpoint.remove(this);
        String reason = status.getReason() == null ? "" : status.getReason();
        submit(() -> {
            if (listener != null) {
                listener.onClose(this, status.getCode(), reason);
            }
        });
        callback.succeeded();
    }

    /** Runs a callback of the listener, then asks for the next frame. */
    private void run(Runnable callback) {
        submit(() -> {
            try {
                callback.run();
                demand();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        });
    }

    private void submit(Runnable task) {
        try {
            endpoint.executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the instance has stopped; a callback of {} is dropped", endpoint.owner(), path);
            close(CloseStatus.SHUTDOWN, "The service has stopped.");
        }
    }

    private void failed(Throwable cause) {
        LOG.warn("{}: the listener of the WebSocket {} failed; the socket is closed", endpoint.owner(), path, cause);
        tellError(cause);
        close(CloseStatus.SERVER_ERROR, "The service failed.");
    }

    private void tellError(Throwable cause) {
        if (listener == null) {
            return;
        }
        try {
            listener.onError(this, cause);
        } catch (RuntimeException e) {
            LOG.warn("{}: onError of the WebSocket {} failed", endpoint.owner(), path, e);
        }
    }

    private void demand() {
        if (demanding.compareAndSet(false, true)) {
            core.demand();
        }
    }

    /** Called when nothing came or went for a while: the first time a ping asks whether the peer is still there. */
    private boolean isDead() {
        if (pinged) {
            return true;
        }
        pinged = true;
        core.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
        return false;
    }

    @Override
    public SendResult send(String text) {
        return send(OpCode.TEXT, StandardCharsets.UTF_8.encode(text));
    }

    @Override
    public SendResult send(ByteBuffer bytes) {
        return send(OpCode.BINARY, bytes.slice());
    }

    private SendResult send(byte opCode, ByteBuffer payload) {
        long cost = payload.remaining() + FRAME_COST;
        if (!isOpen() || !reserve(cost)) {
            return SendResult.REFUSED;
        }
        Sending sending = new Sending(queued, cost);
        core.sendFrame(new Frame(opCode, payload), sending, false);
        return sending.result();
    }

    /** One message may be larger than the queue, if it is the only one. */
    private boolean reserve(long cost) {
        long before = queued.getAndUpdate(now -> now == 0 || now + cost <= MAX_QUEUED ? now + cost : now);
        return before == 0 || before + cost <= MAX_QUEUED;
    }

    @Override
    public void close(int code, String reason) {
        if (!CloseStatus.isTransmittableStatusCode(code)) {
            throw new IllegalArgumentException(code + " is no code to close a WebSocket with (RFC 6455 7.4)");
        }
        if (closing.compareAndSet(false, true)) {
            core.close(code, reason, Callback.NOOP);
            endpoint.abortSoon(core);
            demand();
        }
    }

    @Override
    public boolean isOpen() {
        return !closing.get() && core.isOutputOpen();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
    }
}
