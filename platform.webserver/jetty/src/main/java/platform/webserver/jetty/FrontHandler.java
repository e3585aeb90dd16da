package platform.webserver.jetty;

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

/**
 * Stands in front of the servlets: finds whose path a request is for, refuses it while that instance does not serve,
 * accepts its WebSockets and answers its static files. What is left is for the servlets.
 */
final class FrontHandler extends Handler.Wrapper {

    private static final String RETRY_SECONDS = "5";

    private final Paths paths;
    private final SocketUpgrade sockets;

    FrontHandler(Paths paths, SocketUpgrade sockets, Handler servlets) {
        super(servlets);
        this.paths = paths;
        this.sockets = sockets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        if (isForProxies(request) || uri.getCanonicalPath() == null || hasDotSegment(uri.getPath())) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        String path = uri.getDecodedPath();
        Mount mount = paths.find(path);
        if (mount == null) {
            return super.handle(request, response, callback);
        }
        String reason = mount.suspended();
        if (reason != null) {
            unavailable(reason, response, callback);
            return true;
        }
        return serve(mount, path.substring(mount.path().length()), request, response, callback)
                || super.handle(request, response, callback);
    }

    private boolean serve(Mount mount, String path, Request request, Response response, Callback callback)
            throws Exception {
        Routes routes = mount.routes();
        SocketEndpoint endpoint = routes.socket(path);
        if (endpoint != null && SocketUpgrade.isWanted(request)) {
            sockets.upgrade(endpoint, path, request, response, callback);
            return true;
        }
        if (path.isEmpty()) {
            return redirectToSlash(request, response, callback);
        }
        BundleFiles files = routes.files(path);
        return files != null && files.handle(path, request, response, callback);
    }

    /** Relative links on an instance's first page need the slash at the end of its path. */
    private static boolean redirectToSlash(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        HttpURI uri = request.getHttpURI();
        String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
        Response.sendRedirect(request, response, callback, uri.getPath() + "/" + query);
        return true;
    }

    private static void unavailable(String reason, Response response, Callback callback) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, reason + "\n", callback);
    }

    /** TRACE would mirror cookies; CONNECT asks for a tunnel, except where it opens a WebSocket over HTTP/2 (RFC 8441). */
    private static boolean isForProxies(Request request) {
        String method = request.getMethod();
        return HttpMethod.TRACE.is(method) || HttpMethod.CONNECT.is(method) && !SocketUpgrade.isWanted(request);
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
