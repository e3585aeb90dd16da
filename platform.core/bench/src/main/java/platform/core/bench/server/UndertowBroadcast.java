package platform.core.bench.server;

import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;

/** Sends what it receives to all that are open. */
final class UndertowBroadcast extends AbstractReceiveListener {

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        String text = message.getData();
        channel.getPeerConnections().forEach(each -> WebSockets.sendText(text, each, null));
    }
}
