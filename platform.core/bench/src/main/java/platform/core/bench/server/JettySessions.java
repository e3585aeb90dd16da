package platform.core.bench.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's Session API. */
final class JettySessions implements JettyServer.Answers {

    @Override
    public Handler handler(Server server) {
        return WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(Duration.ZERO);
            container.addMapping(Settings.ECHO, (request, response, callback) -> new Echo());
            container.addMapping(Settings.BROADCAST, (request, response, callback) -> new Broadcast(container));
        });
    }

    /** Sends back what it receives. Public, as Jetty's method handles want it. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, Callback.NOOP);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            getSession().sendBinary(payload, callback);
        }
    }

    /** Sends what it receives to all that are open. */
    public static final class Broadcast extends Session.Listener.AbstractAutoDemanding {

        private final ServerWebSocketContainer container;

        Broadcast(ServerWebSocketContainer container) {
            this.container = container;
        }

        @Override
        public void onWebSocketText(String message) {
            container.getOpenSessions().forEach(session -> session.sendText(message, Callback.NOOP));
        }
    }
}
