package platform.webserver.jetty;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers a certificate authority before anything else may: it asks by plain HTTP, on whatever host it checks. */
final class AcmeChallengeHandler extends Handler.Wrapper {

    private final AcmeChallenges challenges;

    AcmeChallengeHandler(AcmeChallenges challenges, Handler next) {
        super(next);
        this.challenges = challenges;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> answer = challenges.find(request.getHttpURI().getPath());
        if (answer.isEmpty() || !isRead(request)) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, answer.get(), callback);
        return true;
    }

    private static boolean isRead(Request request) {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }
}
