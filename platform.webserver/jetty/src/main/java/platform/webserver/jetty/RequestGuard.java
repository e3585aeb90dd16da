package platform.webserver.jetty;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses what is too long, too much or too often, before anybody looks at what is asked for. */
final class RequestGuard extends Handler.Wrapper {

    private final Supplier<HttpSettings> settings;
    private final RequestRates rates = new RequestRates(System::nanoTime);

    RequestGuard(Supplier<HttpSettings> settings, Handler next) {
        super(next);
        this.settings = settings;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpSettings now = settings.get();
        int wait = secondsToWait(now, request);
        if (wait > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait);
            return refuse(HttpStatus.TOO_MANY_REQUESTS_429, request, response, callback);
        }
        int status = statusOf(now.limits(), request);
        return status == 0 ? super.handle(request, response, callback) : refuse(status, request, response, callback);
    }

    private static int statusOf(HttpLimits limits, Request request) {
        String target = request.getHttpURI().getPathQuery();
        if (target != null && target.length() > limits.uri()) {
            return HttpStatus.URI_TOO_LONG_414;
        }
        return request.getHeaders().size() > limits.headers() ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 : 0;
    }

    private int secondsToWait(HttpSettings now, Request request) {
        int rate = now.limits().requests();
        if (rate == 0) {
            return 0;
        }
        InetAddress from = Forwarding.address(request.getConnectionMetaData().getRemoteSocketAddress());
        boolean free = from == null || from.isLoopbackAddress() || now.proxies().contain(from);
        return free ? 0 : rates.take(from, rate);
    }

    private static boolean refuse(int status, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        Response.writeError(request, response, callback, status);
        return true;
    }
}
