package app.hello;

import jakarta.servlet.Servlet;
import java.util.HashMap;
import java.util.Map;
import platform.core.api.AppSocketListenerFactory;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;

/** Remembers what an app registers. */
final class FakeWeb implements WebContext {

    final Map<String, Servlet> servlets = new HashMap<>();
    final Map<String, String> files = new HashMap<>();
    final Map<String, WebSocketListenerFactory> sockets = new HashMap<>();
    final Map<String, WebSocketOptions> options = new HashMap<>();

    final Map<String, AppSocketListenerFactory> appSockets = new HashMap<>();

    Registration appSocket(String path, AppSocketListenerFactory listeners) {
        appSockets.put(path, listeners);
        return () -> appSockets.remove(path);
    }

    @Override
    public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
        servlets.put(pattern, servlet);
        return () -> servlets.remove(pattern);
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        files.put(prefix, folder);
        return () -> files.remove(prefix);
    }

    @Override
    public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
        sockets.put(path, listeners);
        this.options.put(path, options);
        return () -> sockets.remove(path);
    }
}
