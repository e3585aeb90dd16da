package platform.db.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import platform.db.api.ConnectionShare;

/**
 * The share of a pool in another process. How many connections it has is known here, but not which of them are idle: so they are asked back in
 * turn, as busy ones are.
 */
final class RemoteShare implements ConnectionShare, ConnectionBudget.Holder {

    private final ConnectionBudget.Share share;
    private final Supplier<Duration> patience;
    private final Consumer<RemoteShare> onClose;
    private final Set<Integer> backends = new HashSet<>();
    private volatile Runnable evict = () -> {};
    private int held;
    private boolean closed;

    RemoteShare(ConnectionBudget.Share share, Supplier<Duration> patience, Consumer<RemoteShare> onClose) {
        this.share = share;
        this.patience = patience;
        this.onClose = onClose;
        share.attach(this);
    }

    @Override
    public void acquire() throws SQLException {
        share.acquire(patience.get());
        if (!keep()) {
            share.release();
            throw new SQLException("The process that wanted a connection is gone", "08003");
        }
    }

    private synchronized boolean keep() {
        held += closed ? 0 : 1;
        return !closed;
    }

    @Override
    public synchronized void name(int backend) {
        backends.add(backend);
        notifyAll();
    }

    @Override
    public void release(int backend) {
        if (giveUp(backend)) {
            share.release();
        }
    }

    private synchronized boolean giveUp(int backend) {
        backends.remove(backend);
        boolean any = held > 0;
        held -= any ? 1 : 0;
        notifyAll();
        return any;
    }

    /**
     * The server's processes that serve it.
     *
     * @param patience how long to wait while some connection is being made
     */
    synchronized Set<Integer> backends(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); held > backends.size() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return Set.copyOf(backends);
    }

    @Override
    public void onEvict(Runnable newEvict) {
        evict = newEvict;
    }

    @Override
    public int idle() {
        return 0;
    }

    @Override
    public void evict() {
        evict.run();
    }

    @Override
    public Optional<Loan> longestLoan() {
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            backends.clear();
        }
        while (giveUp(0)) {
            share.release();
        }
        share.leave();
        onClose.accept(this);
    }
}
