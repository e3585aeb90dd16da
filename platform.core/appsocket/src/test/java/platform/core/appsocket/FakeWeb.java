package platform.core.appsocket;

import jakarta.servlet.Servlet;
import java.util.HashMap;
import java.util.Map;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebserverException;

/** Keeps what is registered. */
final class FakeWeb implements WebContext {

    final Map<String, Servlet> servlets = new HashMap<>();
    final Map<String, WebSocketListenerFactory> sockets = new HashMap<>();
    WebSocketOptions options;

    @Override
    public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
        if (servlets.putIfAbsent(pattern, servlet) != null) {
            throw new WebserverException(pattern + " is taken");
        }
        return () -> servlets.remove(pattern);
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        throw new UnsupportedOperationException("No files here");
    }

    @Override
    public Registration webSocket(String path, WebSocketOptions newOptions, WebSocketListenerFactory listeners) {
        sockets.put(path, listeners);
        options = newOptions;
        return () -> sockets.remove(path);
    }
}
