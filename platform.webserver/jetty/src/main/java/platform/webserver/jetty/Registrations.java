package platform.webserver.jetty;

import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathSpec;
import platform.webserver.api.ServletOptions;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebSocketListenerFactory;
import platform.webserver.api.WebSocketOptions;
import platform.webserver.api.WebserverException;

/**
 * What an app registered on its path. A slot (a pattern or a socket's path) is claimed first and filled afterwards, so
 * that no lock is held while a servlet's {@code init} runs.
 */
final class Registrations implements WebContext {

    /** Of the trace flag Webserver. */
    private static final Logger TRACE = LoggerFactory.getLogger("trace.webserver");

    private static final Pattern PATTERN = Pattern.compile("/|(/[^*/]+)+/?|(/[^*/]+)*/\\*|\\*\\.[^*/]+");
    private static final Pattern PATH = Pattern.compile("/|(/[^/*?#%;\\\\\\p{Cntrl}]+)+");
    private static final Pattern FOLDER = Pattern.compile("(/[^/]+)+");

    private final PathSpec spec;
    private final ServletContexts.Context servlets;
    private final SocketGroup group;
    private final Map<String, Slot> patterns = new LinkedHashMap<>();
    private final Map<String, Slot> sockets = new LinkedHashMap<>();
    private volatile Routes routes = Routes.NONE;
    private boolean accepting;
    private boolean ended;

    Registrations(PathSpec spec, ServletContexts.Context servlets, SocketGroup group) {
        this.spec = spec;
        this.servlets = servlets;
        this.group = group;
    }

    Routes routes() {
        return routes;
    }

    @Override
    public Registration servlet(String pattern, ServletOptions options, Servlet servlet) {
        checkPattern(pattern);
        Slot slot = claim(patterns, pattern);
        try {
            return fill(slot, options, servlets.servlet(pattern, servlet));
        } catch (RuntimeException e) {
            release(slot);
            throw e;
        }
    }

    @Override
    public Registration files(String prefix, Class<?> anchor, String folder) {
        checkPath(prefix);
        if (!FOLDER.matcher(folder).matches()) {
            throw new WebserverException(spec.owner() + ": cannot serve the folder '" + folder
                    + "': name a folder of the jar, such as /web, without a slash at its end.");
        }
        BundleFiles files = new BundleFiles(spec, prefix, anchor, folder);
        String pattern = prefix.equals("/") ? "/" : prefix + "/*";
        return fill(claim(patterns, pattern), files, () -> {});
    }

    @Override
    public Registration webSocket(String path, WebSocketOptions options, WebSocketListenerFactory listeners) {
        checkPath(path);
        SocketEndpoint endpoint = new SocketEndpoint(group, path, options, listeners);
        Slot slot = claim(sockets, path);
        return fill(slot, endpoint, () -> endpoint.close("The service has ended."));
    }

    synchronized void acceptSockets() {
        accepting = true;
        endpoints().forEach(SocketEndpoint::accept);
    }

    void closeSockets(int code, String reason) {
        List<SocketEndpoint> open;
        synchronized (this) {
            accepting = false;
            open = endpoints();
        }
        open.forEach(endpoint -> endpoint.close(code, reason));
    }

    /** Ends every registration, the latest first. */
    void clear() {
        List<Slot> slots;
        synchronized (this) {
            slots = new ArrayList<>(patterns.values());
            slots.addAll(sockets.values());
        }
        for (int i = slots.size() - 1; i >= 0; i--) {
            slots.get(i).close();
        }
    }

    /** Clears, and takes no registration from now on. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        clear();
    }

    private List<SocketEndpoint> endpoints() {
        return sockets.values().stream()
                .filter(Slot::filled)
                .map(Slot::endpoint)
                .toList();
    }

    private synchronized Slot claim(Map<String, Slot> slots, String key) {
        if (ended) {
            throw new WebserverException(
                    spec.owner() + " has ended: nothing can be registered at '" + key + "' any more.");
        }
        Slot slot = new Slot(slots, key);
        if (slots.putIfAbsent(key, slot) != null) {
            throw new WebserverException(
                    spec.owner() + ": '" + key + "' is registered already: close that registration, or use another.");
        }
        return slot;
    }

    private Registration fill(Slot slot, Object target, Registration end) {
        synchronized (this) {
            if (slot.slots.get(slot.key) == slot) {
                slot.fill(target, end);
                if (accepting && target instanceof SocketEndpoint endpoint) {
                    endpoint.accept();
                }
                publish();
                trace("registered", slot);
                return slot;
            }
        }
        end.close();
        throw new WebserverException(spec.owner() + " was stopped while '" + slot.key + "' was being registered.");
    }

    private synchronized boolean release(Slot slot) {
        boolean there = slot.slots.remove(slot.key, slot);
        publish();
        if (there) {
            trace("given up", slot);
        }
        return there;
    }

    private void trace(String what, Slot slot) {
        if (TRACE.isDebugEnabled()) {
            String kind = slot.slots == sockets ? "WebSocket" : "Pattern";
            LogScope.debug(TRACE, spec, "{} {} {}", kind, slot.key, what);
        }
    }

    private void publish() {
        Map<String, Object> targets = new HashMap<>();
        patterns.values().stream().filter(Slot::filled).forEach(slot -> targets.put(slot.key, slot.target));
        Map<String, SocketEndpoint> endpoints = new HashMap<>();
        sockets.values().stream().filter(Slot::filled).forEach(slot -> endpoints.put(slot.key, slot.endpoint()));
        routes = new Routes(targets, endpoints);
    }

    private void checkPattern(String pattern) {
        if (!PATTERN.matcher(pattern).matches()) {
            throw new WebserverException(
                    spec.owner() + ": '" + pattern + "' is no servlet pattern: use /exact, /prefix/*, *.suffix or /.");
        }
    }

    private void checkPath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new WebserverException(
                    spec.owner() + ": '" + path + "' is no path below the instance's: use / or /part or /part/part….");
        }
    }

    /** A pattern or path that somebody has claimed. */
    private final class Slot implements Registration {
        private final Map<String, Slot> slots;
        private final String key;
        private Object target;
        private Registration end = () -> {};

        Slot(Map<String, Slot> slots, String key) {
            this.slots = slots;
            this.key = key;
        }

        void fill(Object newTarget, Registration newEnd) {
            target = newTarget;
            end = newEnd;
        }

        boolean filled() {
            return target != null;
        }

        SocketEndpoint endpoint() {
            return (SocketEndpoint) target;
        }

        @Override
        public void close() {
            if (release(this)) {
                end.close();
            }
        }
    }
}
