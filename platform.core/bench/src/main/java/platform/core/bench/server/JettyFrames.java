package platform.core.bench.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.WebSocketCreator;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** Jetty's core: an own handler of frames, below the Session API. */
final class JettyFrames implements JettyServer.Answers {

    private final Set<CoreSession> open = ConcurrentHashMap.newKeySet();

    @Override
    public Handler handler(Server server) {
        WebSocketUpgradeHandler handler = new WebSocketUpgradeHandler();
        handler.addMapping(Settings.ECHO, negotiator((request, response, callback) -> new Echo()));
        handler.addMapping(Settings.BROADCAST, negotiator((request, response, callback) -> new Broadcast(open)));
        return handler;
    }

    private static WebSocketNegotiator negotiator(WebSocketCreator creator) {
        Configuration.Customizer idle = configuration -> configuration.setIdleTimeout(Duration.ZERO);
        return WebSocketNegotiator.from(creator, (endpoint, request, response) -> (FrameHandler) endpoint, idle);
    }

    /** Sends back what it receives. */
    private static final class Echo extends WholeMessages {

        @Override
        void message(CoreSession session, Frame message, Callback callback) {
            session.sendFrame(new Frame(message.getOpCode(), message.getPayload()), callback, false);
        }
    }

    /** Sends what it receives to all that are open. */
    private static final class Broadcast extends WholeMessages {

        private final Set<CoreSession> open;

        Broadcast(Set<CoreSession> open) {
            this.open = open;
        }

        @Override
        public void onOpen(CoreSession session, Callback callback) {
            open.add(session);
            super.onOpen(session, callback);
        }

        @Override
        void message(CoreSession session, Frame message, Callback callback) {
            byte[] text = new byte[message.getPayloadLength()];
            message.getPayload().get(text);
            open.forEach(each -> each.sendFrame(new Frame(OpCode.TEXT).setPayload(text), Callback.NOOP, false));
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            open.remove(session());
            super.onClosed(status, callback);
        }
    }
}
