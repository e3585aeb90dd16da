package platform.webserver.jetty;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import platform.webserver.api.PageSockets;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;

/** The WebSockets of the platform's own pages, on the same engine as those of the instances. */
final class SocketPages implements PageSockets {

    private static final String OWNER = "platform";
    private static final String ATTRIBUTE = Handed.class.getName();

    private final SocketEngine engine;
    private final SocketUpgrade upgrade;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();

    SocketPages(SocketEngine engine, SocketUpgrade upgrade) {
        this.engine = engine;
        this.upgrade = upgrade;
    }

    /** What a servlet is given along with a request that asks for a WebSocket. */
    private record Handed(Request request, Response response) {}

    /** Lets the servlet that a request is for hand it over, if it asks for a WebSocket. */
    static void offer(Request request, Response response) {
        if (Handshake.isWanted(request)) {
            request.setAttribute(ATTRIBUTE, new Handed(request, response));
        }
    }

    @Override
    public boolean isWanted(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    @Override
    public Page open(String path, Executor executor, WebSocketOptions options, WebSocketListenerFactory listeners) {
        SocketGroup group = new SocketGroup(new PathSpec(path, OWNER, OWNER, executor), engine);
        OpenPage page = new OpenPage(new SocketEndpoint(group, path, options, listeners));
        pages.add(page);
        return page;
    }

    /** The webserver stops. */
    void closeAll() {
        pages.forEach(Page::close);
    }

    private final class OpenPage implements Page {
        private final SocketEndpoint endpoint;

        OpenPage(SocketEndpoint endpoint) {
            this.endpoint = endpoint;
            endpoint.accept();
        }

        @Override
        public void accept(HttpServletRequest request, Principal user) {
            if (!(request.getAttribute(ATTRIBUTE) instanceof Handed handed)) {
                throw new IllegalArgumentException(
                        "A request for " + endpoint.path() + " asks for no WebSocket: find out with isWanted");
            }
            // The servlet ends the request as it returns: the answer has to be on its way by then.
            try (Blocker.Callback sent = Blocker.callback()) {
                upgrade.upgrade(endpoint, Optional.of(user), handed.request(), handed.response(), sent);
                sent.block();
            } catch (IOException e) {
                throw new UncheckedIOException("The client of " + endpoint.path() + " went away", e);
            }
        }

        @Override
        public void close() {
            pages.remove(this);
            endpoint.close("The page has ended.");
        }
    }
}
