package platform.core.host;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/** Remembers what is sent. */
final class FakeSession implements WebSocketSession {

    final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    @Override
    public WebSocketUpgrade upgrade() {
        return new WebSocketUpgrade("/echo", "", Optional.empty(), "", Map.of(), Optional.empty());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public SendResult send(String message) {
        sent.add(message);
        return SendResult.SENT;
    }

    @Override
    public SendResult send(ByteBuffer message) {
        sent.add(message.remaining() + " bytes");
        return SendResult.SENT;
    }

    @Override
    public SendResult sendPartial(String part, boolean last) {
        throw new UnsupportedOperationException("The echo sends whole messages");
    }

    @Override
    public SendResult sendPartial(ByteBuffer part, boolean last) {
        throw new UnsupportedOperationException("The echo sends whole messages");
    }

    @Override
    public SendResult ping(ByteBuffer payload) {
        throw new UnsupportedOperationException("The echo needs no ping");
    }

    @Override
    public Optional<Object> attribute(String name) {
        throw new UnsupportedOperationException("The echo remembers nothing");
    }

    @Override
    public void setAttribute(String name, Object value) {
        throw new UnsupportedOperationException("The echo remembers nothing");
    }

    @Override
    public void close(int code, String reason) {
        sent.add("close " + code);
    }
}
