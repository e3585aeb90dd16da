package app.events;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.AppSocketListener;
import platform.core.api.PbxInfo;
import platform.webserver.api.WebSocketSession.SendResult;

/** A page that looks; remembers what it is sent. */
final class Viewer implements AppSession {

    final Queue<Map<String, Object>> sent = new ConcurrentLinkedQueue<>();
    private final AppSocketListener app;
    private final AppLogin login;

    Viewer(AppSocketListener app, String name) {
        this.app = app;
        this.login = new AppLogin("events", "example.com", "events", "", name, "", Map.of(), "");
    }

    /** Sends a request. Returns its answer, and forgets it. */
    Map<String, Object> ask(String mt, Map<String, Object> fields) {
        app.onMessage(this, new AppMessage(mt, new LinkedHashMap<>(fields), ""));
        return sent.stream()
                .filter(it -> it.get("mt").equals(mt + "Result"))
                .peek(sent::remove)
                .findFirst()
                .orElseThrow();
    }

    /** The events that a request finds. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(Map<String, Object> filter) {
        return (List<Map<String, Object>>) ask("List", filter).get("events");
    }

    /** The event that came last by itself. */
    @SuppressWarnings("unchecked")
    Map<String, Object> news() {
        return (Map<String, Object>) sent.remove().get("event");
    }

    @Override
    public AppLogin login() {
        return login;
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
        return send(mt, fields);
    }

    @Override
    public void close(int code, String reason) {
        app.onClose(this, code, reason);
    }

    @Override
    @Deprecated
    public String encrypt(String seed, String data) {
        throw new UnsupportedOperationException("encrypt");
    }

    @Override
    @Deprecated
    public String decrypt(String seed, String data) {
        throw new UnsupportedOperationException("decrypt");
    }

    @Override
    @Deprecated
    public String hash(String seed, String data) {
        throw new UnsupportedOperationException("hash");
    }
}
