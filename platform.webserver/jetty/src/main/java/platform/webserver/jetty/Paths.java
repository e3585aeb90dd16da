package platform.webserver.jetty;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import platform.webserver.api.PathAliases;
import platform.webserver.api.PathSpec;
import platform.webserver.api.RequestStatistics;
import platform.webserver.api.WebPath;
import platform.webserver.api.Webserver;
import platform.webserver.api.WebserverException;

/** The paths that are open, and the service by which they are opened. */
final class Paths implements Webserver {

    private final ServletContexts contexts;
    private final Supplier<List<URI>> addresses;
    private final SocketEngine engine;
    private final Clock clock;
    private final Refusals refusals;
    private final RequestMeter others = new RequestMeter((request, status, nanos) -> {});
    private volatile PathTable table = PathTable.EMPTY;
    private volatile boolean areMoreExpected;

    /**
     * @param addresses asked each time: ports are known only after the start
     * @param engine what all WebSockets share
     * @param clock says when a former path no longer redirects
     * @param refusals what was refused, on paths or not
     */
    Paths(
            ServletContexts contexts,
            Supplier<List<URI>> addresses,
            SocketEngine engine,
            Clock clock,
            Refusals refusals) {
        this.contexts = contexts;
        this.addresses = addresses;
        this.engine = engine;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public synchronized WebPath open(PathSpec spec) {
        check(spec.path(), spec.owner());
        check(spec.aliases(), spec.owner(), PathAliases.NONE);
        Mount mount = new Mount(spec, contexts.open(spec), engine, this);
        table = table.with(mount);
        return mount;
    }

    /** From now on, until it is told that all are open. */
    void expectMore() {
        areMoreExpected = true;
    }

    @Override
    public void allOpened() {
        areMoreExpected = false;
    }

    /** Whether a path that is not open may be that of an instance which nobody has told of yet. */
    boolean areMoreExpected() {
        return areMoreExpected;
    }

    @Override
    public void check(String path, String owner) {
        PathRules.check(path);
        Mount taken = table.at(path);
        if (taken != null) {
            throw new WebserverException(
                    "The path '" + path + "' is taken by " + taken.owner() + ". Use another, or delete that instance.");
        }
        PathTable.Former former = table.formerAt(path);
        if (former != null && isValid(former) && !former.mount().owner().equals(owner)) {
            throw new WebserverException("The path '" + path + "' redirects to "
                    + former.mount().path() + " of " + former.mount().owner() + " until " + former.until()
                    + ". Use another, or end that: instance:edit "
                    + former.mount().owner() + " --drop-old-paths");
        }
    }

    @Override
    public void checkHost(String host, String owner) {
        HostRules.check(host);
        if (addresses().stream().anyMatch(address -> host.equals(address.getHost()))) {
            throw new WebserverException("'" + host + "' is the platform's own name. Use another.");
        }
        Mount taken = table.ownerOf(host);
        if (taken != null && !taken.owner().equals(owner)) {
            throw new WebserverException("The host '" + host + "' belongs to " + taken.owner()
                    + ". Use another, or take it from there:" + " instance:edit " + taken.owner() + " --no-host");
        }
    }

    synchronized void alias(Mount mount, PathAliases aliases) {
        check(aliases, mount.owner(), mount.aliases());
        mount.replaceAliases(aliases);
        if (table.at(mount.path()) == mount) {
            table = table.with(mount);
        }
    }

    private void check(PathAliases aliases, String owner, PathAliases before) {
        aliases.host().ifPresent(host -> checkHost(host, owner));
        aliases.formerPaths().keySet().stream()
                .filter(path -> !before.formerPaths().containsKey(path))
                .forEach(path -> check(path, owner));
    }

    @Override
    public List<URI> addresses() {
        return addresses.get();
    }

    @Override
    public Map<String, Long> refusals() {
        return refusals.counts();
    }

    /** Counts the requests that are for no open path. */
    RequestMeter others() {
        return others;
    }

    @Override
    public RequestStatistics requests() {
        return others.statistics();
    }

    /** All that a request is looked up in. */
    PathTable table() {
        return table;
    }

    Mount find(String path) {
        return table.find(path);
    }

    boolean isValid(PathTable.Former former) {
        return clock.instant().isBefore(former.until());
    }

    /** Who accepts WebSockets at present where exactly this is asked for, or null. */
    SocketEndpoint socketAt(String host, String path) {
        PathTable current = table;
        Mount mount = current.find(path);
        Mount owner = current.ownerOf(host);
        return mount == null || owner != null && !owner.isOfSameOwner(mount) || mount.suspended() != null
                ? null
                : mount.routes().socket(path.substring(mount.path().length()));
    }

    /** The webserver stops: every path is closed for good. */
    void closeAll() {
        table.all().forEach(mount -> mount.suspend("The platform is stopping."));
    }

    synchronized void remove(Mount mount) {
        table = table.without(mount);
    }
}
