package app.hello;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.PbxInfo;
import platform.webserver.api.WebSocketSession.SendResult;

/** Somebody's socket; remembers what is sent. */
record FakeAppSession(AppLogin login, List<Map<String, Object>> sent) implements AppSession {

    FakeAppSession(AppLogin login) {
        this(login, new ArrayList<>());
    }

    @Override
    public Optional<InetAddress> remote() {
        return Optional.empty();
    }

    @Override
    public Optional<PbxInfo> pbxInfo() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public SendResult send(String mt, Map<String, ?> fields) {
        Map<String, Object> message = new HashMap<>(fields);
        message.put("mt", mt);
        sent.add(message);
        return SendResult.SENT;
    }

    @Override
    public SendResult answer(AppMessage request, String mt, Map<String, ?> fields) {
        Map<String, Object> message = new HashMap<>(fields);
        message.put("src", request.text("src"));
        return send(mt, message);
    }

    @Override
    public void close(int code, String reason) {
        throw new UnsupportedOperationException("Nobody is turned away");
    }

    @Override
    @Deprecated
    public String encrypt(String seed, String data) {
        throw new UnsupportedOperationException("Nothing is encrypted");
    }

    @Override
    @Deprecated
    public String decrypt(String seed, String data) {
        throw new UnsupportedOperationException("Nothing is encrypted");
    }

    @Override
    @Deprecated
    public String hash(String seed, String data) {
        throw new UnsupportedOperationException("Nothing is hashed");
    }
}
