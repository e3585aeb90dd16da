package app.hello;

import jakarta.servlet.Servlet;
import java.util.HashMap;
import java.util.Map;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;

/** Remembers what an app registers. */
final class FakeWeb implements WebContext {

    final Map<String, Servlet> servlets = new HashMap<>();
    final Map<String, String> files = new HashMap<>();
    final Map<String, WebSocketListenerFactory> sockets = new HashMap<>();

    @Override
    public Registration servlet(String pattern, Servlet servlet) {
        servlets.put(pattern, servlet);
        return () -> servlets.remove(pattern);
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        files.put(prefix, folder);
        return () -> files.remove(prefix);
    }

    @Override
    public Registration webSocket(String path, WebSocketListenerFactory listeners) {
        sockets.put(path, listeners);
        return () -> sockets.remove(path);
    }
}
