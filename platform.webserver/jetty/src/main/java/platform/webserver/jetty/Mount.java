package platform.webserver.jetty;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathLimits;
import platform.webserver.api.PathSpec;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebSocketStatistics;
import platform.webserver.api.WebserverException;

/** A path and its state. The state is one field, so a request sees an instance that serves or one that does not. */
final class Mount implements WebPath {

    /** Of the trace flag Webserver traffic. */
    private static final Logger TRAFFIC = LoggerFactory.getLogger("trace.webserver-traffic");

    private final PathSpec spec;
    private final ServletContexts.Context servlets;
    private final SocketGroup sockets;
    private final RequestMeter meter = new RequestMeter(this::ended);
    private final Registrations registrations;
    private final WaitingRequests waiting = new WaitingRequests();
    private final Paths paths;
    private volatile PathAliases aliases;
    private volatile String suspended = "The service is starting.";
    private volatile URI elsewhere;
    private boolean closed;

    Mount(PathSpec spec, ServletContexts.Context servlets, SocketEngine engine, Paths paths) {
        this.spec = spec;
        this.servlets = servlets;
        this.sockets = new SocketGroup(spec, engine);
        this.registrations = new Registrations(spec, servlets, sockets);
        this.paths = paths;
        this.aliases = spec.aliases();
    }

    String path() {
        return spec.path();
    }

    /** The service that the owner is an instance of. */
    String app() {
        return spec.app();
    }

    String owner() {
        return spec.owner();
    }

    /** An instance has two mounts while it moves. @param other may be null */
    boolean isOfSameOwner(Mount other) {
        return other != null && owner().equals(other.owner());
    }

    /** Why requests are refused at present; null while they are served. */
    String suspended() {
        return suspended;
    }

    PathAliases aliases() {
        return aliases;
    }

    /** To be called by {@link Paths} alone, which makes a new table then. */
    void replaceAliases(PathAliases newAliases) {
        aliases = newAliases;
    }

    @Override
    public void alias(PathAliases newAliases) {
        paths.alias(this, newAliases);
    }

    Routes routes() {
        return registrations.routes();
    }

    @Override
    public WebContext context() {
        return registrations;
    }

    @Override
    public void activate() {
        serve();
        waiting.release();
    }

    private synchronized void serve() {
        if (closed) {
            throw new WebserverException("The path '" + path() + "' of " + owner() + " was given back: open it again.");
        }
        registrations.acceptSockets();
        elsewhere = null;
        suspended = null;
    }

    @Override
    public synchronized void suspend(String reason) {
        suspended = reason;
        registrations.closeSockets(CloseCodes.GOING_AWAY, reason);
    }

    @Override
    public void hold(Duration limit) {
        registrations.closeSockets(CloseCodes.SERVICE_RESTART, "The service restarts.");
        waiting.open(limit);
    }

    @Override
    public boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** The requests that wait while it does not serve. */
    WaitingRequests waiting() {
        return waiting;
    }

    @Override
    public void redirect(URI address) {
        elsewhere = address;
        suspend("The service is at " + address + " now.");
    }

    /** Where requests that are not served are redirected; null for nowhere. */
    URI elsewhere() {
        return elsewhere;
    }

    @Override
    public void pause(String reason) {
        suspended = reason;
    }

    /** Without the query, which may hold a token. */
    private void ended(Request request, int status, long nanos) {
        if (TRAFFIC.isDebugEnabled()) {
            String path = request.getHttpURI().getPath();
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            LogScope.debug(TRAFFIC, spec, "{} {} {} in {} ms", request.getMethod(), path, status, millis);
        }
    }

    /** Counts the requests to this path. */
    RequestMeter meter() {
        return meter;
    }

    @Override
    public void limit(PathLimits limits) {
        meter.limit(limits.requests());
        sockets.limit(limits.sockets());
    }

    @Override
    public RequestStatistics requests() {
        return meter.statistics();
    }

    @Override
    public WebSocketStatistics statistics() {
        return sockets.statistics();
    }

    @Override
    public void clear() {
        registrations.clear();
    }

    @Override
    public void close() {
        if (!closeOnce()) {
            return;
        }
        suspend("The service has ended.");
        waiting.release();
        registrations.end();
        servlets.close();
        paths.remove(this);
    }

    private synchronized boolean closeOnce() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
