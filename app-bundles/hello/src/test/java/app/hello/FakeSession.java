package app.hello;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.webserver.api.WebSocketSession;

/** Remembers what is sent. */
final class FakeSession implements WebSocketSession {

    final List<Object> sent = new ArrayList<>();

    @Override
    public String path() {
        return "/echo";
    }

    @Override
    public String query() {
        return "";
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
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
        sent.add(message);
        return SendResult.SENT;
    }

    @Override
    public void close(int code, String reason) {
        throw new UnsupportedOperationException("The echo never closes a socket");
    }
}
