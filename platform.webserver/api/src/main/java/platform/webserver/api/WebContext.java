package platform.webserver.api;

import jakarta.servlet.Servlet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An instance's place in the webserver. Patterns and paths are relative to the instance's path and begin with a slash.
 * Any thread may call it. What an app does not close is closed when the instance stops.
 */
@ProviderType
public interface WebContext {

    /** Serves a pattern by a servlet with {@link ServletOptions#DEFAULT}. */
    default Registration servlet(String pattern, Servlet servlet) {
        return servlet(pattern, ServletOptions.DEFAULT, servlet);
    }

    /**
     * Serves a pattern by a servlet (Jakarta Servlet 12.2: {@code /exact}, {@code /prefix/*}, {@code *.suffix}, {@code /}).
     * {@code init} is called before this method returns, {@code destroy} when the registration ends. Requests run on the
     * webserver's threads, many at a time. {@code getServletContext().getContextPath()} is the instance's path.
     *
     * @throws WebserverException when {@code init} fails or the pattern is taken in this context
     */
    Registration servlet(String pattern, ServletOptions options, Servlet servlet);

    /**
     * Serves the files of a folder of the app's own jar: strong ETag, five minutes of caching, ranges, {@code index.html}
     * for a folder, and {@code x.gz} or {@code x.br} in the place of {@code x} for a client that accepts it.
     *
     * @param prefix where the files appear: {@code /} or {@code /folder}
     * @param anchor a class of the jar that holds the files
     * @param folder the folder in that jar, such as {@code /web}
     */
    Registration files(String prefix, Class<?> anchor, String folder);

    /** Accepts WebSockets on exactly this path, with {@link WebSocketOptions#DEFAULT}. */
    default Registration webSocket(String path, WebSocketListenerFactory listeners) {
        return webSocket(path, WebSocketOptions.DEFAULT, listeners);
    }

    /**
     * Accepts WebSockets (RFC 6455, over HTTP/2 by RFC 8441) on exactly this path. Compression (RFC 7692) is agreed on with
     * clients that offer it.
     *
     * @param listeners asked once for each socket, on the instance's executor, before its first callback
     * @throws WebserverException when the path is taken in this context
     */
    Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners);

    /** Ends what it was returned for. Closing twice does nothing. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
