package platform.webserver.api;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * WebSockets on the platform's own pages. A page's servlet sees each request first, decides on it by whatever it knows, and hands
 * over those that may become a WebSocket. Apps use {@link WebContext#webSocket} instead. Any thread may call it.
 */
@ProviderType
public interface PageSockets {

    /**
     * Prepares WebSockets for a page. They share the limits of one instance.
     *
     * @param path of the page, as logs and listeners see it
     * @param executor runs the callbacks of all its sockets, one after the other
     * @param listeners asked once for each socket
     */
    Page open(String path, Executor executor, WebSocketOptions options, WebSocketListenerFactory listeners);

    /** Whether a request asks for a WebSocket (RFC 6455 4.1, RFC 8441). */
    boolean isWanted(HttpServletRequest request);

    /** A page that accepts WebSockets until it is closed. */
    interface Page extends AutoCloseable {

        /**
         * Answers a request: with a WebSocket, or with an error when the handshake is malformed, comes from a page of another site,
         * or a limit is reached. To be called by the servlet's thread; the servlet must not answer any more.
         *
         * @param user who opens it, {@link WebSocketUpgrade#principal()} for the listener
         * @throws IllegalArgumentException when the request does not ask for a WebSocket
         */
        void accept(HttpServletRequest request, Principal user);

        /** Accepts no more, and closes those that are open with 1001. */
        @Override
        void close();
    }
}
