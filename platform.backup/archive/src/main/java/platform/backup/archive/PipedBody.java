package platform.backup.archive;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * The body of a request that one thread writes while the HTTP client sends it. It holds a megabyte at most; who writes faster
 * waits, but not for ever.
 */
final class PipedBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final int MOST = 16;

    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private Flow.Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private boolean delivering;
    private boolean ended;
    private boolean over;
    private Throwable failure;

    /**
     * Adds a part, which nobody changes any more. Once the request is over parts are dropped: its outcome says why.
     *
     * @return false when the server took nothing for so long
     */
    boolean add(ByteBuffer part, Duration patience) throws InterruptedIOException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (waiting.size() >= MOST && !over) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                await(left);
            }
            waiting.add(part);
        }
        deliver();
        return true;
    }

    private void await(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the target took data");
        }
    }

    /** All has been added. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        deliver();
    }

    /** The request is given up; the server sees it cut off. */
    void fail(Throwable reason) {
        synchronized (this) {
            failure = reason;
            waiting.clear();
        }
        deliver();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> newSubscriber) {
        synchronized (this) {
            subscriber = newSubscriber;
        }
        newSubscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        synchronized (this) {
            demand += n;
        }
        deliver();
    }

    @Override
    public synchronized void cancel() {
        finish();
    }

    /** No more is sent; who waits for room goes on. */
    synchronized void finish() {
        over = true;
        waiting.clear();
        notifyAll();
    }

    /** One thread at a time hands over what is asked for; who comes meanwhile leaves it to that one. */
    private void deliver() {
        synchronized (this) {
            if (delivering || subscriber == null) {
                return;
            }
            delivering = true;
        }
        Runnable step = next();
        while (step != null) {
            step.run();
            step = next();
        }
    }

    private synchronized Runnable next() {
        Flow.Subscriber<? super ByteBuffer> to = subscriber;
        if (!over && failure != null) {
            Throwable reason = failure;
            finish();
            return () -> to.onError(reason);
        }
        if (!over && demand > 0 && !waiting.isEmpty()) {
            demand--;
            ByteBuffer part = waiting.remove();
            notifyAll();
            return () -> to.onNext(part);
        }
        if (!over && ended && waiting.isEmpty()) {
            finish();
            return to::onComplete;
        }
        delivering = false;
        return null;
    }
}
