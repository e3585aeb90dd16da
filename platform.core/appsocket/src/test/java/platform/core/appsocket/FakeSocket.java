package platform.core.appsocket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/** A socket on the wire, and the client at its other end. */
final class FakeSocket implements WebSocketSession {

    private final Queue<String> sent = new ArrayDeque<>();
    private final InetAddress remote;
    private WebSocketListener listener;
    private int code;
    private String reason = "";

    FakeSocket(InetAddress remote) {
        this.remote = remote;
    }

    void open(WebSocketListener newListener) {
        listener = newListener;
        listener.onOpen(this);
    }

    /** The client sends; what its listener throws is treated as the webserver does. */
    FakeSocket receive(String text) {
        try {
            listener.onText(this, text);
        } catch (RuntimeException e) {
            listener.onError(this, e);
            close(1011, "failed");
        }
        return this;
    }

    void receive(ByteBuffer bytes) {
        listener.onBinary(this, bytes);
    }

    /** The client closes. */
    void end(int endCode) {
        code = endCode;
        listener.onClose(this, endCode, "");
    }

    /** The next message to the client; null when there is none. */
    String next() {
        return sent.poll();
    }

    /** 0 while it is open. */
    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    @Override
    public WebSocketUpgrade upgrade() {
        return new WebSocketUpgrade("/hello", "", Optional.empty(), "", Map.of(), Optional.ofNullable(remote));
    }

    @Override
    public boolean isOpen() {
        return code == 0;
    }

    @Override
    public SendResult send(String message) {
        if (!isOpen()) {
            return SendResult.REFUSED;
        }
        sent.add(message);
        return SendResult.SENT;
    }

    @Override
    public void close(int newCode, String newReason) {
        if (isOpen()) {
            code = newCode;
            reason = newReason;
            listener.onClose(this, newCode, newReason);
        }
    }

    @Override
    public SendResult send(ByteBuffer message) {
        throw new UnsupportedOperationException("Messages are text");
    }

    @Override
    public SendResult sendPartial(String part, boolean last) {
        throw new UnsupportedOperationException("Messages are whole");
    }

    @Override
    public SendResult sendPartial(ByteBuffer part, boolean last) {
        throw new UnsupportedOperationException("Messages are whole");
    }

    @Override
    public SendResult ping(ByteBuffer payload) {
        throw new UnsupportedOperationException("Nobody pings");
    }

    @Override
    public Optional<Object> attribute(String name) {
        throw new UnsupportedOperationException("Nothing is kept");
    }

    @Override
    public void setAttribute(String name, Object value) {
        throw new UnsupportedOperationException("Nothing is kept");
    }
}
