package platform.db.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import platform.db.api.ConnectionShare;

/**
 * The share of a pool in another process. How many connections it has is known here, but not which of them are idle: so they are asked back in
 * turn, as busy ones are.
 */
final class RemoteShare implements ConnectionShare, ConnectionBudget.Holder {

    private final ConnectionBudget.Share share;
    private final Supplier<Duration> patience;
    private volatile Runnable evict = () -> {};
    private int held;
    private boolean closed;

    RemoteShare(ConnectionBudget.Share share, Supplier<Duration> patience) {
        this.share = share;
        this.patience = patience;
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
    public void release() {
        if (giveUp()) {
            share.release();
        }
    }

    private synchronized boolean giveUp() {
        boolean any = held > 0;
        held -= any ? 1 : 0;
        return any;
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
        }
        while (giveUp()) {
            share.release();
        }
        share.leave();
    }
}
