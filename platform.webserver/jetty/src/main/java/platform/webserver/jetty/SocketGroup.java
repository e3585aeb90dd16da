package platform.webserver.jetty;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import platform.webserver.api.PathSpec;
import platform.webserver.api.WebSocketStatistics;

/** What the sockets of an instance share: its executor, its limits, its counters. */
final class SocketGroup {

    final LongAdder opened = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder slowClosed = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder refusedMessages = new LongAdder();

    private final PathSpec spec;
    private final SocketEngine engine;
    private final Budget budget;
    private final RateLimit upgrades;
    private final AtomicInteger open = new AtomicInteger();
    private volatile long limit = Long.MAX_VALUE;
    private final LongAdder pings = new LongAdder();
    private final LongAdder pingMicros = new LongAdder();

    SocketGroup(PathSpec spec, SocketEngine engine) {
        this.spec = spec;
        this.engine = engine;
        this.budget = new Budget(engine.limits().instanceBuffer(), engine.budget());
        this.upgrades = new RateLimit(engine.limits().instanceUpgrades(), System::nanoTime);
    }

    String owner() {
        return spec.owner();
    }

    Executor executor() {
        return spec.executor();
    }

    SocketEngine engine() {
        return engine;
    }

    Budget budget() {
        return budget;
    }

    /** So many may be open from now on, or fewer where the webserver says so. */
    void limit(long sockets) {
        limit = sockets;
    }

    /** Whether one more socket may be opened now. */
    boolean admits() {
        return open.get() < Math.min(limit, engine.limits().instanceSockets())
                && upgrades.tryAcquire()
                && engine.admits();
    }

    void socketOpened() {
        open.incrementAndGet();
        opened.increment();
        engine.count(1);
    }

    void socketGone() {
        open.decrementAndGet();
        engine.count(-1);
    }

    void pingAnswered(long micros) {
        pings.increment();
        pingMicros.add(micros);
    }

    WebSocketStatistics statistics() {
        long answered = pings.sum();
        return new WebSocketStatistics(
                open.get(),
                opened.sum(),
                refused.sum(),
                slowClosed.sum(),
                messagesIn.sum(),
                messagesOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                refusedMessages.sum(),
                budget.used(),
                answered,
                answered == 0 ? Duration.ZERO : Duration.ofNanos(1000 * pingMicros.sum() / answered));
    }
}
