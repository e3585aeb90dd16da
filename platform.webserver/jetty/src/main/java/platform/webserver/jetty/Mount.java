package platform.webserver.jetty;

import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebContext;
import platform.webserver.api.WebPath;
import platform.webserver.api.WebserverException;

/** A path and its state. The state is one field, so a request sees an instance that serves or one that does not. */
final class Mount implements WebPath {

    private final PathSpec spec;
    private final ServletContexts.Context servlets;
    private final Registrations registrations;
    private final Consumer<Mount> remover;
    private volatile String suspended = "The service is starting.";
    private boolean closed;

    Mount(PathSpec spec, ServletContexts.Context servlets, Scheduler scheduler, Consumer<Mount> remover) {
        this.spec = spec;
        this.servlets = servlets;
        this.registrations = new Registrations(spec, servlets, scheduler);
        this.remover = remover;
    }

    String path() {
        return spec.path();
    }

    String owner() {
        return spec.owner();
    }

    /** Why requests are refused at present; null while they are served. */
    String suspended() {
        return suspended;
    }

    Routes routes() {
        return registrations.routes();
    }

    @Override
    public WebContext context() {
        return registrations;
    }

    @Override
    public synchronized void activate() {
        if (closed) {
            throw new WebserverException("The path '" + path() + "' of " + owner() + " was given back: open it again.");
        }
        registrations.acceptSockets();
        suspended = null;
    }

    @Override
    public synchronized void suspend(String reason) {
        suspended = reason;
        registrations.closeSockets(reason);
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
        registrations.end();
        servlets.close();
        remover.accept(this);
    }

    private synchronized boolean closeOnce() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
