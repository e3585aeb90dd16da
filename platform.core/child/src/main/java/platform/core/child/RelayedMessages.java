package platform.core.child;

import java.nio.ByteBuffer;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/** Relays a WebSocket whose app takes whole messages. Small: each open socket has one. */
class RelayedMessages implements WebSocketListener {

    final SocketRelay relay;
    final int number;

    RelayedMessages(SocketRelay relay, int number) {
        this.relay = relay;
        this.number = number;
    }

    @Override
    public void onText(WebSocketSession session, String message) {
        relay.send(new SocketFrame(SocketFrame.Kind.TEXT, number, message));
    }

    @Override
    public void onBinary(WebSocketSession session, ByteBuffer message) {
        relay.send(new SocketFrame(SocketFrame.Kind.BINARY, number, message));
    }

    @Override
    public void onPong(WebSocketSession session, ByteBuffer payload) {
        relay.send(new SocketFrame(SocketFrame.Kind.PONG, number, payload));
    }

    @Override
    public void onClose(WebSocketSession session, int code, String reason) {
        relay.closed(number, code, reason);
    }
}
