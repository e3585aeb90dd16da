package platform.webserver.jetty;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.Scheduler;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebPath;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/** The paths that are open, and the service by which they are opened. */
final class Paths implements Webserver {

    private final ServletContexts contexts;
    private final Supplier<List<URI>> addresses;
    private final Scheduler scheduler;
    private volatile PathTable table = PathTable.EMPTY;

    /**
     * @param addresses asked each time: ports are known only after the start
     * @param scheduler cuts off WebSockets whose peer does not answer a close
     */
    Paths(ServletContexts contexts, Supplier<List<URI>> addresses, Scheduler scheduler) {
        this.contexts = contexts;
        this.addresses = addresses;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized WebPath open(PathSpec spec) {
        check(spec.path());
        Mount mount = new Mount(spec, contexts.open(spec), scheduler, this::remove);
        table = table.with(mount);
        return mount;
    }

    @Override
    public void check(String path) {
        PathRules.check(path);
        Mount taken = table.at(path);
        if (taken != null) {
            throw new WebserverException(
                    "The path '" + path + "' is taken by " + taken.owner() + ". Use another, or delete that instance.");
        }
    }

    @Override
    public List<URI> addresses() {
        return addresses.get();
    }

    Mount find(String path) {
        return table.find(path);
    }

    /** The webserver stops: every path is closed for good. */
    void closeAll() {
        table.all().forEach(mount -> mount.suspend("The platform is stopping."));
    }

    private synchronized void remove(Mount mount) {
        table = table.without(mount);
    }
}
