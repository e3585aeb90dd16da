package platform.core.bench.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/** Sends each text message to all open sockets of the instance, the sender included. */
final class Broadcast implements WebSocketListener {

    private final Set<WebSocketSession> sessions = ConcurrentHashMap.newKeySet();

    /** Nothing here waits for anything, so a webserver that asks may call on the thread that reads. */
    public boolean isNonBlocking() {
        return true;
    }

    @Override
    public void onOpen(WebSocketSession session) {
        sessions.add(session);
    }

    @Override
    public void onText(WebSocketSession session, String message) {
        sessions.forEach(each -> each.send(message));
    }

    @Override
    public void onClose(WebSocketSession session, int code, String reason) {
        sessions.remove(session);
    }
}
