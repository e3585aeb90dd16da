package platform.backup.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.ArchiveSetup;
import platform.backup.api.BackupException;
import platform.db.api.BaseBackup;
import platform.db.api.DatabaseException;
import platform.db.api.WalArchive;

/** Makes base backups of the chain that goes on, one at a time, while its log goes on being archived. */
final class BaseBackups {

    private static final Logger LOG = LoggerFactory.getLogger(BaseBackups.class);
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ArchiveBook book;
    private final WalArchive wal;
    private final ArchiveStore.Opener stores;
    private final Executor thread;
    private final Clock clock;
    private final ArchiveRetention retention;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant failedAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;
    private volatile String problem = "";

    BaseBackups(ArchiveBook book, WalArchive wal, ArchiveStore.Opener stores, Executor thread, Clock clock) {
        this.book = book;
        this.wal = wal;
        this.stores = stores;
        this.thread = thread;
        this.clock = clock;
        this.retention = new ArchiveRetention(book, stores, clock);
    }

    boolean isBusy() {
        return busy.get();
    }

    /** Why the last one failed; empty when it did not. */
    String problem() {
        return problem;
    }

    /** Begins one if it is time; one that has failed is tried again ten minutes later. */
    void look(ArchiveSetup setup) {
        book.current()
                .filter(chain -> isDue(chain, setup))
                .filter(chain -> busy.compareAndSet(false, true))
                .ifPresent(chain -> thread.execute(() -> run(chain, setup)));
    }

    /** While nothing is archived: each hour removes what need not be kept any longer. One thread at a time calls it. */
    void clearUp(Duration keep) {
        Instant now = clock.instant();
        boolean rests = !lookedAt.equals(Instant.MIN) && now.isBefore(lookedAt.plus(HOUR));
        if (!rests && !book.chains().isEmpty() && busy.compareAndSet(false, true)) {
            lookedAt = now;
            thread.execute(() -> {
                try {
                    retention.apply(keep);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /** Removes all that has ended from its targets. */
    void removeEnded() throws IOException {
        retention.removeEnded();
    }

    private boolean isDue(ArchiveChain chain, ArchiveSetup setup) {
        Instant now = clock.instant();
        boolean rests = !failedAt.equals(Instant.MIN) && now.isBefore(failedAt.plus(AGAIN));
        return !rests
                && chain.baseFor(Instant.MAX)
                        .map(newest -> !now.isBefore(newest.ended().plus(setup.every())))
                        .orElse(true);
    }

    private void run(ArchiveChain chain, ArchiveSetup setup) {
        try {
            make(chain);
            problem = "";
            failedAt = Instant.MIN;
            retention.apply(setup.keep());
        } catch (IOException | DatabaseException | BackupException e) {
            LOG.warn("No base backup was made to {}: {}", chain.target(), e.getMessage());
            problem = e.getMessage();
            failedAt = clock.instant();
        } finally {
            busy.set(false);
        }
    }

    private void make(ArchiveChain chain) throws IOException {
        String file = "base-" + Archiver.name(clock.instant()) + ".tar" + ArchiveStore.SUFFIX;
        try (ArchiveStore store = stores.open(chain)) {
            BaseBackup made = store.put(file, out -> wal.base(whileItGoesOn(chain, out)));
            ArchiveChain.Base base = new ArchiveChain.Base(file, made.first().name(), made.ended(), made.bytes());
            ArchiveChain now = book.update(chain.name(), it -> it.goesOn() ? it.with(base) : it)
                    .filter(ArchiveChain::goesOn)
                    .orElse(null);
            if (now == null) {
                store.delete(file);
                throw over();
            }
            store.record(now);
            LOG.info("A base backup was made to {}: {}", chain.target(), file);
        }
    }

    private boolean goesOn(ArchiveChain chain) {
        return book.find(chain.name()).filter(ArchiveChain::goesOn).isPresent();
    }

    /** Above all, a disk that is nearly full must not be filled by what is of no use any more. */
    private OutputStream whileItGoesOn(ArchiveChain chain, OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (!goesOn(chain)) {
                    throw over();
                }
                out.write(bytes, offset, length);
            }
        };
    }

    private static BackupException over() {
        return new BackupException("The archive ended while its base backup was made.");
    }
}
