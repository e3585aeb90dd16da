package platform.core.bench.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;

/** Undertow. */
final class UndertowServer implements ComparedServer {

    private final Undertow server;

    UndertowServer(Settings settings) throws Exception {
        SSLContext certificate = SSLContext.getInstance("TLS");
        certificate.init(Keys.managers(settings).getKeyManagers(), null, new SecureRandom());
        HttpHandler paths = Handlers.path()
                .addExactPath(Settings.ECHO, webSocket(settings, new UndertowEcho()))
                .addExactPath(Settings.BROADCAST, webSocket(settings, new UndertowBroadcast()));
        server = Undertow.builder()
                .addHttpListener(0, Settings.HOST)
                .addHttpsListener(0, Settings.HOST, certificate)
                .setHandler(paths)
                .build();
        server.start();
    }

    private static HttpHandler webSocket(Settings settings, AbstractReceiveListener listener) {
        WebSocketProtocolHandshakeHandler handler = Handlers.websocket((exchange, channel) -> {
            channel.getReceiveSetter().set(listener);
            channel.resumeReceives();
        });
        return settings.deflate() ? handler.addExtension(new PerMessageDeflateHandshake()) : handler;
    }

    private int port(int listener) {
        return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
    }

    @Override
    public int plainPort() {
        return port(0);
    }

    @Override
    public int tlsPort() {
        return port(1);
    }

    @Override
    public void close() {
        server.stop();
    }
}
