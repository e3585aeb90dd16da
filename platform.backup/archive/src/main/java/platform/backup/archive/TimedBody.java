package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The body of an answer as a stream that does not wait for ever. The client's own stream would. */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    private static final Object END = new Object();

    private final Duration patience;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    TimedBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        parts.stream().filter(ByteBuffer::hasRemaining).forEach(arrived::add);
        // The end of a list, after which the next may come: never more than one is held.
        arrived.add(subscription);
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(failure);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining() && !ended) {
            take(next());
        }
        if (!current.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    private Object next() throws IOException {
        try {
            Object item = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (item == null) {
                throw TargetException.passing("The server has sent nothing for " + patience.toSeconds() + " s.");
            }
            return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the target sent data");
        }
    }

    private void take(Object item) throws IOException {
        if (item instanceof ByteBuffer part) {
            current = part;
        } else if (item instanceof Flow.Subscription) {
            subscription.request(1);
        } else if (item instanceof Throwable failure) {
            arrived.add(item);
            throw TargetException.passing("The connection was cut while the server sent data: " + failure, failure);
        } else {
            ended = true;
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
