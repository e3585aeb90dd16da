package app.files;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppExecutor;
import platform.core.api.InstanceId;

/**
 * Removes the bytes that no entry shows: of abandoned uploads, and of files that were removed or replaced. It works on the
 * instance's executor, a few megabytes at a time, when something has been given up, and costs nothing otherwise.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final int CHUNKS = 128;

    private final InstanceId id;
    private final Store store;
    private final Uploads uploads;
    private final Readers readers;
    private final Quota quota;
    private final AppExecutor executor;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean inDoubt = new AtomicBoolean();

    Sweeper(InstanceId id, Store store, Uploads uploads, Readers readers, Quota quota, AppExecutor executor) {
        this.id = id;
        this.store = store;
        this.uploads = uploads;
        this.readers = readers;
        this.quota = quota;
        this.executor = executor;
    }

    /** Something was given up: it is swept soon, together with what follows. */
    void request() {
        request(SOON);
    }

    /** A change failed and may yet have been made: count again what is used. */
    void doubt() {
        inDoubt.set(true);
        request(LATER);
    }

    private void request(Duration delay) {
        if (requested.compareAndSet(false, true)) {
            try {
                executor.after(delay, this::sweep);
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: Stopping; the next start sweeps", id);
            }
        }
    }

    /** Sweeps until nothing is left, then waits to be asked. */
    void sweep() {
        requested.set(false);
        try {
            boolean counted = !inDoubt.get() || recount();
            uploads.discardAbandoned();
            store.run(tx -> tx.contents.discardUnused());
            erode();
            if (!counted) {
                request(LATER);
            }
        } catch (SQLException e) {
            LOG.warn("{}: Cannot remove given up bytes now, will try again: {}", id, e.getMessage());
            request(LATER);
        }
    }

    private boolean recount() throws SQLException {
        long turn = quota.turn();
        long counted = store.restructure(tx -> tx.tree.size());
        if (quota.recounted(counted, turn)) {
            inDoubt.set(false);
            return true;
        }
        return false;
    }

    private void erode() {
        try {
            List<Long> discarded = store.run(tx -> tx.contents.discarded());
            List<Long> free = discarded.stream().filter(readers::doom).toList();
            if (!free.isEmpty()) {
                erode(free.get(0));
                executor.execute(this::erode);
            } else if (!discarded.isEmpty()) {
                request(LATER);
            }
        } catch (SQLException e) {
            LOG.warn("{}: Cannot remove given up bytes now, will try again: {}", id, e.getMessage());
            request(LATER);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: Stopping; the next start sweeps", id);
        }
    }

    private void erode(long content) throws SQLException {
        if (store.run(tx -> tx.contents.erode(content, CHUNKS))) {
            readers.forget(content);
        }
    }
}
