package platform.webserver.jetty;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import platform.webserver.api.ServletOptions;

/**
 * Stands in front of the servlets: finds whose path a request is for, refuses it while that instance does not serve,
 * accepts its WebSockets and answers its static files. What is left is for the servlets.
 */
final class FrontHandler extends Handler.Wrapper {

    private static final String RETRY_SECONDS = "5";

    private static final String BUSY = "Too many requests to this service are being answered: try again in a moment.";

    private final Paths paths;
    private final SocketUpgrade sockets;
    private final CaseHints hints = new CaseHints(System::nanoTime);
    private final Supplier<HttpSettings> settings;
    private Executor executor;
    private Scheduler scheduler;

    FrontHandler(Paths paths, SocketUpgrade sockets, Supplier<HttpSettings> settings, Handler servlets) {
        super(new ResponseCompression(() -> settings.get().compress(), servlets));
        this.paths = paths;
        this.sockets = sockets;
        this.settings = settings;
    }

    @Override
    protected void doStart() throws Exception {
        ThreadPool pool = getServer().getThreadPool();
        Executor virtual = VirtualThreads.getVirtualThreadsExecutor(pool);
        executor = virtual == null ? pool : virtual;
        scheduler = getServer().getScheduler();
        super.doStart();
    }

    /** What may block is given to another thread here: so a file in memory needs none but the selector's. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpURI uri = request.getHttpURI();
        if (isForProxies(request) || uri.getCanonicalPath() == null || hasDotSegment(uri.getPath())) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        PathTable table = paths.table();
        String path = uri.getDecodedPath();
        Mount mount = table.find(path);
        Mount hostOwner = table.hasHosts() ? table.ownerOf(HostRules.nameOf(Request.getServerName(request))) : null;
        boolean isElsewhere = hostOwner != null && !hostOwner.isOfSameOwner(mount);
        if (isElsewhere || mount == null) {
            Callback measured = paths.others().begin(request, response, callback);
            return later(
                    paths.others(),
                    request,
                    response,
                    measured,
                    () -> isElsewhere
                            ? serveOwnHost(table, hostOwner, request, response, measured)
                            : serveNobody(table, request, response, measured));
        }
        if (mount.suspended() != null && waits(mount, request, response, callback)) {
            return true;
        }
        return answerOrRefuse(mount, request, response, callback);
    }

    /** The instance will be (back) in a moment. @return whether it waits for that */
    private boolean waits(Mount mount, Request request, Response response, Callback callback) {
        long nanos =
                mount.waiting().add(() -> executor.execute(() -> answerOrRefuse(mount, request, response, callback)));
        expireAfter(nanos, mount.waiting());
        return nanos > 0;
    }

    private void expireAfter(long nanos, WaitingRequests waiting) {
        if (nanos > 0) {
            // A little later, for it would be too early else by what is lost in milliseconds.
            Runnable expiry = () -> expireAfter(waiting.expire(), waiting);
            scheduler.schedule(expiry, TimeUnit.NANOSECONDS.toMillis(nanos) + 1, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answerOrRefuse(Mount mount, Request request, Response response, Callback callback) {
        String reason = mount.suspended();
        if (reason != null) {
            refuse(mount, reason, request, response, callback);
            return true;
        }
        String path = request.getHttpURI().getDecodedPath();
        return answer(mount, path.substring(mount.path().length()), request, response, callback);
    }

    /** By the instance whose path it is, which serves. */
    private boolean answer(Mount mount, String below, Request request, Response response, Callback callback) {
        Callback measured = mount.meter().begin(request, response, callback);
        if (measured == null) {
            unavailable(BUSY, response, callback);
            return true;
        }
        Routes routes = mount.routes();
        BundleFiles files = routes.files(below);
        if (files != null
                && routes.socket(below) == null
                && files.answerFromMemory(below, request, response, measured)) {
            return true;
        }
        return later(
                mount.meter(),
                request,
                response,
                measured,
                () -> serve(mount, below, request, response, measured)
                        || servlet(mount.routes().servlet(below), request, response, measured));
    }

    private static void refuse(Mount mount, String reason, Request request, Response response, Callback callback) {
        URI elsewhere = mount.elsewhere();
        if (elsewhere == null) {
            unavailable(reason, response, callback);
            return;
        }
        String below =
                request.getHttpURI().getDecodedPath().substring(mount.path().length());
        String rest = URIUtil.encodePath(below.startsWith("/") ? below.substring(1) : below);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Response.sendRedirect(
                request,
                response,
                callback,
                HttpStatus.TEMPORARY_REDIRECT_307,
                elsewhere + rest + query(request.getHttpURI()),
                true);
    }

    private static String query(HttpURI uri) {
        return uri.getQuery() == null ? "" : "?" + uri.getQuery();
    }

    private boolean later(RequestMeter meter, Request request, Response response, Callback callback, Step step) {
        executor.execute(() -> {
            long cpu = RequestMeter.cpuTime();
            try {
                if (!step.handles()) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable e) {
                Response.writeError(request, response, callback, e);
            } finally {
                meter.addCpu(cpu);
            }
        });
        return true;
    }

    /** The rest of a request's way. */
    private interface Step {
        boolean handles() throws Exception;
    }

    /** A body that says that it is too large is not read at all. */
    private boolean servlet(ServletOptions options, Request request, Response response, Callback callback)
            throws Exception {
        HttpLimits limits = settings.get().limits();
        long most = options.maxBody() == 0 ? limits.body() : options.maxBody();
        if (request.getLength() > most) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            return true;
        }
        return super.handle(BodyLimit.of(request, most, limits.bodyRate()), response, callback);
    }

    /** A host of an instance's own has nothing else: neither other instances, nor the platform's own pages. */
    private boolean serveOwnHost(PathTable table, Mount owner, Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getDecodedPath();
        PathTable.Former former = table.findFormer(path, it -> it.mount().isOfSameOwner(owner) && paths.isValid(it));
        if (former != null) {
            redirectFormer(former, request, response, callback);
        } else if (path.equals("/")) {
            Response.sendRedirect(
                    request, response, callback, HttpStatus.TEMPORARY_REDIRECT_307, owner.path() + "/", true);
        } else {
            hints.missed(path, owner.owner(), () -> similarOf(owner, table, path));
            Response.writeError(
                    request, response, callback, HttpStatus.NOT_FOUND_404, "There is nothing else on this host");
        }
        return true;
    }

    private boolean serveNobody(PathTable table, Request request, Response response, Callback callback)
            throws Exception {
        String path = request.getHttpURI().getDecodedPath();
        PathTable.Former former = table.findFormer(path, paths::isValid);
        if (former != null) {
            redirectFormer(former, request, response, callback);
            return true;
        }
        if (!PathRules.isReserved(path)) {
            if (paths.areMoreExpected()) {
                PlainErrors.takeForStarting(request);
            } else {
                hints.missed(path, "-", () -> similar(table, path));
            }
        }
        SocketPages.offer(request, response);
        return servlet(ServletOptions.DEFAULT, request, response, callback);
    }

    private static String similarOf(Mount owner, PathTable table, String path) {
        return owner.isOfSameOwner(table.findIgnoringCase(path)) ? owner.path() : null;
    }

    private static String similar(PathTable table, String path) {
        Mount similar = table.findIgnoringCase(path);
        return similar == null ? null : similar.path() + " of " + similar.owner();
    }

    /** For good: whoever keeps the address shall keep the new one. */
    private static void redirectFormer(PathTable.Former former, Request request, Response response, Callback callback) {
        HttpURI uri = request.getHttpURI();
        String rest =
                URIUtil.encodePath(uri.getDecodedPath().substring(former.path().length()));
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "max-age=3600");
        Response.sendRedirect(
                request,
                response,
                callback,
                HttpStatus.PERMANENT_REDIRECT_308,
                former.mount().path() + rest + query(uri),
                true);
    }

    private boolean serve(Mount mount, String path, Request request, Response response, Callback callback)
            throws Exception {
        Routes routes = mount.routes();
        SocketEndpoint endpoint = routes.socket(path);
        if (endpoint != null && Handshake.isWanted(request)) {
            sockets.upgrade(endpoint, Optional.empty(), request, response, callback);
            return true;
        }
        if (path.isEmpty()) {
            return redirectToSlash(request, response, callback);
        }
        BundleFiles files = routes.files(path);
        if (files == null || files.handle(path, request, response, callback)) {
            return files != null;
        }
        hints.missed(mount.path() + path, mount.owner(), () -> files.findIgnoringCase(path));
        return false;
    }

    /** Relative links on an instance's first page need the slash at the end of its path. */
    private static boolean redirectToSlash(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        HttpURI uri = request.getHttpURI();
        Response.sendRedirect(request, response, callback, uri.getPath() + "/" + query(uri));
        return true;
    }

    static void unavailable(String reason, Response response, Callback callback) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, reason + "\n", callback);
    }

    /** TRACE would mirror cookies; CONNECT asks for a tunnel, except where it opens a WebSocket over HTTP/2 (RFC 8441). */
    private static boolean isForProxies(Request request) {
        String method = request.getMethod();
        return HttpMethod.TRACE.is(method) || HttpMethod.CONNECT.is(method) && !Handshake.isWanted(request);
    }

    /** No client sends one, except to get where it should not: so nobody has to know how to resolve it. */
    private static boolean hasDotSegment(String rawPath) {
        int dot = rawPath.indexOf("/.");
        while (dot >= 0) {
            int end = dot + (rawPath.startsWith("..", dot + 1) ? 3 : 2);
            if (end == rawPath.length() || rawPath.charAt(end) == '/' || rawPath.charAt(end) == ';') {
                return true;
            }
            dot = rawPath.indexOf("/.", dot + 1);
        }
        return false;
    }
}
