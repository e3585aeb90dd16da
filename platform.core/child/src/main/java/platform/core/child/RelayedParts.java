package platform.core.child;

import java.nio.ByteBuffer;
import platform.webserver.api.PartialWebSocketListener;
import platform.webserver.api.WebSocketSession;

/** Relays a WebSocket whose app takes messages in parts. */
final class RelayedParts extends RelayedMessages implements PartialWebSocketListener {

    RelayedParts(SocketRelay relay, int number) {
        super(relay, number);
    }

    @Override
    public void onPartialText(WebSocketSession session, String part, boolean last) {
        relay.send(new SocketFrame(last ? SocketFrame.Kind.TEXT_END : SocketFrame.Kind.TEXT_PART, number, part));
    }

    @Override
    public void onPartialBinary(WebSocketSession session, ByteBuffer part, boolean last) {
        relay.send(new SocketFrame(last ? SocketFrame.Kind.BINARY_END : SocketFrame.Kind.BINARY_PART, number, part));
    }
}
