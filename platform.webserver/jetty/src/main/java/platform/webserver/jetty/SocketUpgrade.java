package platform.webserver.jetty;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebSocketUpgrade;

/** Turns a request into a WebSocket, unless it is malformed, comes from a page of a foreign site, or a limit is reached. */
final class SocketUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(SocketUpgrade.class);
    private static final String FULL = "Too many WebSockets are open or being opened: try again later.";

    private final SocketEngine engine;

    SocketUpgrade(SocketEngine engine) {
        this.engine = engine;
    }

    /** @param user who asks for it, where somebody knows */
    void upgrade(
            SocketEndpoint endpoint, Optional<Principal> user, Request request, Response response, Callback callback) {
        SocketGroup group = endpoint.group();
        SocketRequest asked = SocketRequest.of(request);
        Handshake handshake = new Handshake(asked);
        Handshake.Refusal refusal = handshake.refusal();
        if (refusal != null) {
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
            Response.writeError(request, response, callback, refusal.status(), refusal.reason());
        } else if (!Origins.accept(asked, endpoint.options())) {
            group.refused.increment();
            LOG.warn(
                    "{}: refused a WebSocket on {} from a page of {}",
                    group.owner(),
                    endpoint.path(),
                    asked.header(HttpHeader.ORIGIN));
            Response.writeError(
                    request, response, callback, HttpStatus.FORBIDDEN_403, "A page of another site sent this");
        } else if (!group.admits()) {
            group.refused.increment();
            LOG.debug("{}: refused a WebSocket on {}: a limit is reached", group.owner(), endpoint.path());
            FrontHandler.unavailable(FULL, response, callback);
        } else {
            accept(new Accepted(endpoint, user, asked, handshake), request, response, callback);
        }
    }

    private void accept(Accepted accepted, Request request, Response response, Callback callback) {
        Thread opener = Invocable.isNonBlockingInvocation() ? null : Thread.currentThread();
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, accepted.wire(endPoint(request), opener));
        response.setStatus(accepted.handshake.status());
        accepted.answer.forEach(response.getHeaders()::put);
        response.write(true, null, callback);
    }

    private static EndPoint endPoint(Request request) {
        return HttpMethod.CONNECT.is(request.getMethod())
                ? request.getTunnelSupport().getEndPoint()
                : request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /**
     * Accepts a WebSocket without anything of a request but this, which must be over HTTP/1.1.
     *
     * @return null when there is anything to refuse, which nobody has been told then, and nothing counted
     */
    Accepted accept(SocketEndpoint endpoint, SocketRequest request) {
        Handshake handshake = new Handshake(request);
        boolean accepted = handshake.refusal() == null
                && Origins.accept(request, endpoint.options())
                && endpoint.group().admits();
        return accepted ? new Accepted(endpoint, Optional.empty(), request, handshake) : null;
    }

    /** A WebSocket that is to be: what it is answered, and the connection that takes over then. */
    final class Accepted {
        private final Handshake handshake;
        private final HttpFields answer;
        private final Socket socket;

        private Accepted(
                SocketEndpoint endpoint, Optional<Principal> user, SocketRequest request, Handshake handshake) {
            this.handshake = handshake;
            String subprotocol = handshake.subprotocol(endpoint.options().subprotocols());
            String extensions = handshake.extensions();
            answer = handshake.answer(subprotocol, extensions);
            socket = new Socket(endpoint, facts(endpoint, user, subprotocol, request), extensions != null);
        }

        /** The whole answer, as it goes over the wire. */
        ByteBuffer response() {
            String head =
                    HttpVersion.HTTP_1_1 + " " + handshake.status() + " Switching Protocols\r\n" + answer.asString();
            return ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** @param opener the thread of the request, which may wait; null when there is none */
        EndPointWire wire(EndPoint endPoint, Thread opener) {
            return new EndPointWire(endPoint, engine.buffers(), socket, opener);
        }
    }

    /** Most sockets of a path have the same facts: these share one object. */
    private static WebSocketUpgrade facts(
            SocketEndpoint endpoint, Optional<Principal> user, String subprotocol, SocketRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : endpoint.options().headers()) {
            List<String> values = request.headers().getValuesList(name);
            if (!values.isEmpty()) {
                headers.put(name, String.join(", ", values));
            }
        }
        Optional<InetAddress> remote = endpoint.options().keepsRemote() ? request.remote() : Optional.empty();
        if (user.isEmpty()
                && request.query().isEmpty()
                && subprotocol.isEmpty()
                && headers.isEmpty()
                && remote.isEmpty()) {
            return endpoint.plain();
        }
        return new WebSocketUpgrade(endpoint.path(), request.query(), user, subprotocol, headers, remote);
    }
}
