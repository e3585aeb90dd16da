package platform.core.rest;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.Caller;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketUpgrade;

/** A client of the live socket, which may be slow. */
final class FakeSession implements WebSocketSession {

    final List<String> received = new ArrayList<>();
    String closed = "";
    boolean slow;

    private final WebSocketUpgrade upgrade;

    FakeSession(Caller caller) {
        upgrade = new WebSocketUpgrade(
                "/live", "", Optional.of(new LiveUser(caller, Instant.now())), "", Map.of(), Optional.empty());
    }

    /** What has come since the last time. */
    List<String> next() {
        List<String> next = List.copyOf(received);
        received.clear();
        return next;
    }

    @Override
    public WebSocketUpgrade upgrade() {
        return upgrade;
    }

    @Override
    public boolean isOpen() {
        return closed.isEmpty();
    }

    @Override
    public SendResult send(String message) {
        if (slow) {
            return SendResult.REFUSED;
        }
        received.add(message);
        return SendResult.SENT;
    }

    @Override
    public void close(int code, String reason) {
        closed += code + " " + reason;
    }

    @Override
    public SendResult send(ByteBuffer message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendResult sendPartial(String part, boolean last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendResult sendPartial(ByteBuffer part, boolean last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendResult ping(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.empty();
    }

    @Override
    public void setAttribute(String name, Object value) {
        throw new UnsupportedOperationException();
    }
}
