package app.hello;

import java.nio.ByteBuffer;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

// region echo
/** Sends back what it receives. */
final class Echo implements WebSocketListener {

    @Override
    public boolean isNonBlocking() {
        return true;
    }

    @Override
    public void onText(WebSocketSession session, String message) {
        session.send(message);
    }

    @Override
    public void onBinary(WebSocketSession session, ByteBuffer message) {
        session.send(message);
    }
}
// endregion
