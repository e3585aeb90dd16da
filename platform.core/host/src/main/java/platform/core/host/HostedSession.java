package platform.core.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import platform.core.child.SocketFrame;
import platform.core.child.SocketFrame.Kind;
import platform.webserver.api.PartialWebSocketListener;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/**
 * A WebSocket that ends at the platform's webserver. A message is handed over at once; whether it waits for the peer is known of
 * the one before. The platform closes a socket whose queue is full with 1013, so that no message is lost without a word.
 */
final class HostedSession implements WebSocketSession {

    private static final int LONGEST_PING = 125;
    private static final int LONGEST_REASON = 123;

    private final HostedSessions sessions;
    private final int number;
    private final WebSocketUpgrade upgrade;
    private Map<String, Object> attributes;
    private WebSocketListener listener;
    private volatile boolean closing;
    private volatile boolean slow;
    /** The message that is sent in parts; null for none. */
    private Kind parts;

    HostedSession(HostedSessions sessions, int number, WebSocketUpgrade upgrade) {
        this.sessions = sessions;
        this.number = number;
        this.upgrade = upgrade;
    }

    void listener(WebSocketListener taken) {
        listener = taken;
    }

    void slow(boolean isSlow) {
        slow = isSlow;
    }

    void failed(RuntimeException cause) {
        listener.onError(this, cause);
    }

    /** What the peer sent. */
    void deliver(SocketFrame frame) {
        switch (frame.kind()) {
            case TEXT -> listener.onText(this, frame.text());
            case BINARY -> listener.onBinary(this, ByteBuffer.wrap(frame.payload()));
            case TEXT_PART, TEXT_END -> inParts().onPartialText(this, frame.text(), frame.kind() == Kind.TEXT_END);
            case BINARY_PART, BINARY_END ->
                inParts().onPartialBinary(this, ByteBuffer.wrap(frame.payload()), frame.kind() == Kind.BINARY_END);
            case PONG -> listener.onPong(this, ByteBuffer.wrap(frame.payload()));
            case CLOSE -> {
                closing = true;
                listener.onClose(this, frame.code(), frame.reason());
            }
            default -> throw new IllegalStateException("The platform sent " + frame.kind());
        }
    }

    private PartialWebSocketListener inParts() {
        return (PartialWebSocketListener) listener;
    }

    @Override
    public WebSocketUpgrade upgrade() {
        return upgrade;
    }

    @Override
    public boolean isOpen() {
        return !closing;
    }

    @Override
    public synchronized SendResult send(String message) {
        requireWhole();
        return send(new SocketFrame(Kind.TEXT, number, message));
    }

    @Override
    public synchronized SendResult send(ByteBuffer message) {
        requireWhole();
        return send(new SocketFrame(Kind.BINARY, number, message.slice()));
    }

    private void requireWhole() {
        if (parts != null) {
            throw new IllegalStateException("A message is being sent in parts");
        }
    }

    @Override
    public synchronized SendResult sendPartial(String part, boolean last) {
        sendingParts(Kind.TEXT_PART, last);
        return send(new SocketFrame(last ? Kind.TEXT_END : Kind.TEXT_PART, number, part));
    }

    @Override
    public synchronized SendResult sendPartial(ByteBuffer part, boolean last) {
        sendingParts(Kind.BINARY_PART, last);
        return send(new SocketFrame(last ? Kind.BINARY_END : Kind.BINARY_PART, number, part.slice()));
    }

    private void sendingParts(Kind kind, boolean last) {
        if (parts != null && parts != kind) {
            throw new IllegalStateException("Another message is being sent in parts");
        }
        parts = last ? null : kind;
    }

    @Override
    public SendResult ping(ByteBuffer payload) {
        if (payload.remaining() > LONGEST_PING) {
            throw new IllegalArgumentException("A ping has at most " + LONGEST_PING + " bytes");
        }
        return send(new SocketFrame(Kind.PING, number, payload.slice()));
    }

    private SendResult send(SocketFrame frame) {
        if (closing || !sessions.send(frame)) {
            return SendResult.REFUSED;
        }
        return slow ? SendResult.QUEUED : SendResult.SENT;
    }

    @Override
    public void close(int code, String reason) {
        if (!maySend(code)) {
            throw new IllegalArgumentException("The code " + code + " may not be sent");
        }
        if (reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            throw new IllegalArgumentException("A reason has at most " + LONGEST_REASON + " bytes of UTF-8");
        }
        if (!closing) {
            closing = true;
            sessions.send(SocketFrame.close(number, code, reason));
        }
    }

    /** RFC 6455 7.4. */
    private static boolean maySend(int code) {
        return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
    }

    @Override
    public synchronized Optional<Object> attribute(String name) {
        return Optional.ofNullable(attributes == null ? null : attributes.get(name));
    }

    @Override
    public synchronized void setAttribute(String name, Object value) {
        if (attributes == null) {
            attributes = new ConcurrentHashMap<>(2);
        }
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }
}
