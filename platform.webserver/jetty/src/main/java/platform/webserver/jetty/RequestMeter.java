package platform.webserver.jetty;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import platform.webserver.api.Latencies;
import platform.webserver.api.RequestStatistics;

/** Counts the requests to a path, and times them. It costs a request one small object and about 100 ns. */
final class RequestMeter {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Virtual threads have no time of their own. */
    private static final boolean HAS_CPU_TIME =
            !VirtualThreads.areSupported() && THREADS.isCurrentThreadCpuTimeSupported();

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLongArray latencies = new AtomicLongArray(Latencies.BUCKETS);
    private final LongAdder nanos = new LongAdder();
    private final LongAdder clientErrors = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder cpu = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Ended ended;
    private volatile long limit = Long.MAX_VALUE;

    /** @param ended is told of each request */
    RequestMeter(Ended ended) {
        this.ended = ended;
    }

    /** Hears what became of a request, on the thread that completes it. */
    interface Ended {
        void accept(Request request, int status, long nanos);
    }

    /** So many may be in flight from now on. */
    void limit(long requests) {
        limit = requests;
    }

    /**
     * A request begins.
     *
     * @return what it has to complete in the place of its own callback, exactly once; null when there are too many
     */
    Callback begin(Request request, Response response, Callback callback) {
        if (inFlight.incrementAndGet() > limit) {
            inFlight.decrementAndGet();
            refused.increment();
            return null;
        }
        return new Measured(request, response, callback);
    }

    /** The time that this thread has had of a processor, to be given to {@link #addCpu}. */
    static long cpuTime() {
        return HAS_CPU_TIME ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** Adds what this thread has had since then. */
    void addCpu(long since) {
        cpu.add(cpuTime() - since);
    }

    RequestStatistics statistics() {
        long[] counts =
                IntStream.range(0, Latencies.BUCKETS).mapToLong(latencies::get).toArray();
        Latencies all = new Latencies(counts, nanos.sum());
        return new RequestStatistics(
                inFlight.get(),
                all.count(),
                clientErrors.sum(),
                serverErrors.sum(),
                refused.sum(),
                Duration.ofNanos(cpu.sum()),
                all);
    }

    private void end(Request request, int status) {
        inFlight.decrementAndGet();
        long took = System.nanoTime() - request.getHeadersNanoTime();
        ended.accept(request, status, took);
        if (status == HttpStatus.SWITCHING_PROTOCOLS_101) {
            return;
        }
        latencies.incrementAndGet(Latencies.bucketOf(took));
        nanos.add(took);
        if (HttpStatus.isClientError(status)) {
            clientErrors.increment();
        } else if (HttpStatus.isServerError(status)) {
            serverErrors.increment();
        }
    }

    /** What Jetty is about to answer because of this, or would if the client were still there. */
    private static int statusOf(Throwable failure) {
        if (failure instanceof HttpException http) {
            return http.getCode();
        }
        boolean byClient = failure instanceof QuietException || failure instanceof IOException;
        return byClient ? HttpStatus.BAD_REQUEST_400 : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    /** A request in flight. */
    private final class Measured extends Callback.Nested {

        private final Request request;
        private final Response response;

        Measured(Request request, Response response, Callback callback) {
            super(callback);
            this.request = request;
            this.response = response;
        }

        @Override
        public void succeeded() {
            end(request, response.getStatus());
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            end(request, statusOf(failure));
            super.failed(failure);
        }
    }
}
