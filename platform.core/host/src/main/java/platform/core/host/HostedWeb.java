package platform.core.host;

import jakarta.servlet.Servlet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import platform.core.child.PlatformCalls;
import platform.core.child.Route;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebserverException;

/**
 * An instance's place in the webserver: what it registers here is registered with the platform's webserver as well, which sends
 * on what comes for it. That limits bodies, too, so nothing is limited here.
 */
final class HostedWeb implements WebContext {

    private static final ServletOptions UNLIMITED = ServletOptions.DEFAULT.withMaxBody(ServletOptions.UNLIMITED);

    private final String instance;
    private final WebContext local;
    private final PlatformCalls platform;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, WebSocketListenerFactory> listeners = new ConcurrentHashMap<>();

    HostedWeb(String instance, WebContext local, PlatformCalls platform) {
        this.instance = instance;
        this.local = local;
        this.platform = platform;
    }

    @Override
    public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
        return both(local.servlet(pattern, UNLIMITED, servlet), route(pattern, options.maxBody(), null));
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        String pattern = prefix.equals("/") ? "/" : prefix + "/*";
        return both(local.files(prefix, anchor, folder), route(pattern, 0, null));
    }

    @Override
    public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory factory) {
        Route route = route(path, 0, Route.Socket.of(options));
        listeners.put(route.number(), factory);
        return both(() -> listeners.remove(route.number()), route);
    }

    /** Who gives the WebSockets of a route their listeners; null when the route is no more. */
    WebSocketListenerFactory listeners(int route) {
        return listeners.get(route);
    }

    private Route route(String pattern, long maxBody, Route.Socket socket) {
        return new Route(instance, numbers.incrementAndGet(), pattern, maxBody, socket);
    }

    private Registration both(Registration here, Route there) {
        try {
            platform.register(there).get();
        } catch (ExecutionException e) {
            here.close();
            throw new WebserverException(reason(e.getCause()), e);
        } catch (InterruptedException e) {
            here.close();
            Thread.currentThread().interrupt();
            throw new WebserverException(instance + ": interrupted while '" + there.pattern() + "' was registered", e);
        }
        return () -> {
            platform.unregister(there);
            here.close();
        };
    }

    private static String reason(Throwable cause) {
        return cause instanceof ResponseErrorException error
                ? error.getResponseError().getMessage()
                : String.valueOf(cause.getMessage());
    }
}
