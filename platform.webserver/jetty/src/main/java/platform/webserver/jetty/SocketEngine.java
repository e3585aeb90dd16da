package platform.webserver.jetty;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What all sockets share, so that none has it for itself: read and write buffers, deflaters, one clock for all deadlines, and
 * the platform's limits. A socket that is idle costs what Jetty's end point costs and about a hundred bytes.
 */
final class SocketEngine extends ContainerLifeCycle {

    private final SocketLimits limits;
    private final ByteBufferPool buffers;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Compression compression;
    private final Budget budget;
    private final RateLimit upgrades;
    private final TimingWheel wheel = new TimingWheel();
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param scheduler says each second that it has passed
     * @param executor does then what is due
     */
    SocketEngine(SocketLimits limits, ByteBufferPool buffers, Scheduler scheduler, Executor executor) {
        this.limits = limits;
        this.buffers = buffers;
        this.scheduler = scheduler;
        this.executor = executor;
        this.compression = new Compression(limits.compress());
        this.budget = new Budget(limits.buffer(), null);
        this.upgrades = new RateLimit(limits.upgrades(), System::nanoTime);
        installBean(compression);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        awaitSecond();
    }

    private void awaitSecond() {
        scheduler.schedule(() -> executor.execute(this::second), 1, TimeUnit.SECONDS);
    }

    private void second() {
        if (isRunning()) {
            awaitSecond();
            wheel.tick();
        }
    }

    SocketLimits limits() {
        return limits;
    }

    ByteBufferPool buffers() {
        return buffers;
    }

    Compression compression() {
        return compression;
    }

    Budget budget() {
        return budget;
    }

    TimingWheel wheel() {
        return wheel;
    }

    /** Whether one more socket may be opened now. */
    boolean admits() {
        return open.get() < limits.sockets() && upgrades.tryAcquire();
    }

    int open() {
        return open.get();
    }

    /** A socket was opened (1) or is gone (-1). */
    void count(int change) {
        open.addAndGet(change);
    }
}
