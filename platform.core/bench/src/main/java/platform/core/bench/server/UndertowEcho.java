package platform.core.bench.server;

import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import org.xnio.Pooled;

/**
 * Sends back what it receives. It keeps nothing, so one serves all sockets. Undertow hands binary messages out by a type
 * that XNIO calls deprecated.
 */
@SuppressWarnings("deprecation")
final class UndertowEcho extends AbstractReceiveListener {

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
        Pooled<ByteBuffer[]> data = message.getData();
        WebSockets.sendBinary(data.getResource(), channel, new Freeing(data));
    }

    /** Gives the message's buffers back once they are sent. */
    private record Freeing(Pooled<ByteBuffer[]> data) implements WebSocketCallback<Void> {

        @Override
        public void complete(WebSocketChannel channel, Void context) {
            data.free();
        }

        @Override
        public void onError(WebSocketChannel channel, Void context, Throwable failure) {
            data.free();
        }
    }
}
