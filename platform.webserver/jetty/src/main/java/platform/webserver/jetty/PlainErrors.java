package platform.webserver.jetty;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Error pages: one line of plain text, and never anything out of an exception. */
final class PlainErrors implements Request.Handler {

    private static final String STARTING = "The platform is starting: try again in a moment.";

    /** What nobody answers may be an instance's that is not known yet. */
    static void takeForStarting(Request request) {
        request.setAttribute(STARTING, true);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (response.getStatus() == HttpStatus.NOT_FOUND_404 && request.getAttribute(STARTING) != null) {
            FrontHandler.unavailable(STARTING, response, callback);
            return true;
        }
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        if (cause instanceof HttpException http) {
            response.setStatus(http.getCode());
        }
        if (!request.getConnectionMetaData().isPersistent()) {
            // Jetty takes a request whose target it cannot parse for one of HTTP/1.0, and would end the connection
            // unannounced.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        int status = response.getStatus();
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return true;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        Content.Sink.write(response, true, text(request, status, cause), callback);
        return true;
    }

    /** The message is shown only where code chose it by {@code sendError}, not where an exception brought it along. */
    private static String text(Request request, int status, Object cause) {
        String standard = HttpStatus.getMessage(status);
        Refusals.Reason reason = Refusals.Reason.of(status);
        Refusals refusals = reason == null ? null : refusals(request);
        if (refusals != null) {
            refusals.count(reason);
            return status + " " + standard + ": " + refusals.explain(reason) + "\n";
        }
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        if (cause != null || message == null || message.equals(standard)) {
            return status + " " + standard + "\n";
        }
        return status + " " + standard + ": " + message + "\n";
    }

    /** Null in a server without limits. */
    private static Refusals refusals(Request request) {
        return request.getConnectionMetaData().getConnector().getServer().getBean(Refusals.class);
    }
}
