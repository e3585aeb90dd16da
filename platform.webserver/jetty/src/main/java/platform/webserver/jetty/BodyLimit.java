package platform.webserver.jetty;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A request whose body may be only so large, also when it does not say how large it will be, and only so slow. Time counts
 * only while the body is waited for: an app that is slow to read it does not harm its client.
 */
final class BodyLimit extends Request.Wrapper {

    /** So long a client may be slow at all: a mobile one loses its network for a moment. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long most;
    private final int rate;
    private long received;
    private long waited;
    private Content.Chunk failure;

    private BodyLimit(Request request, long most, int rate) {
        super(request);
        this.most = most;
        this.rate = rate;
    }

    /**
     * The request itself, where it has no body.
     *
     * @param rate bytes a second; 0 is any
     */
    static Request of(Request request, long most, int rate) {
        return hasBody(request) ? new BodyLimit(request, most, rate) : request;
    }

    private static boolean hasBody(Request request) {
        long length = request.getLength();
        if (length >= 0) {
            return length > 0;
        }
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    @Override
    public Content.Chunk read() {
        if (failure != null) {
            return failure;
        }
        Content.Chunk chunk = super.read();
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        received += chunk.remaining();
        if (received <= most) {
            return chunk;
        }
        chunk.release();
        return fail(HttpStatus.PAYLOAD_TOO_LARGE_413);
    }

    @Override
    public void demand(Runnable callback) {
        long begin = System.nanoTime();
        super.demand(Invocable.from(Invocable.getInvocationType(callback), () -> {
            waited += System.nanoTime() - begin;
            if (isTooSlow(waited, received, rate)) {
                fail(HttpStatus.REQUEST_TIMEOUT_408);
            }
            callback.run();
        }));
    }

    static boolean isTooSlow(long waitedNanos, long received, int rate) {
        return waitedNanos > PATIENCE_NANOS && received < rate * (waitedNanos / 1e9);
    }

    private Content.Chunk fail(int status) {
        failure = Content.Chunk.from(new HttpException.RuntimeException(status));
        return failure;
    }
}
