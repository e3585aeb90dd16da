package platform.db.postgresql;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What only our own server allows: to say who may come in, to upgrade it, to make all of it read-only, to keep its log. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int SWEEP_SECONDS = 15;

    private final PostgresHostAccess access;
    private final PostgresUpgrade upgrade;
    private final ReadOnlyMode readOnly;
    private final PostgresWalArchive archive;
    private final PostgresRecovery recovery;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread("postgresql-access", task));

    Upkeep(PostgresServer server, Sessions sessions, ListenSettings listen) {
        PostgresFolders folders = server.folders();
        Path home = folders.home();
        access = new PostgresHostAccess(sessions, new AccessFile(folders), listen.beyondLoopback(), Clock.systemUTC());
        access.begin();
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        upgrade = new PostgresUpgrade(
                server, Clock.systemDefaultZone(), () -> home.toFile().getUsableSpace());
        timer.scheduleWithFixedDelay(this::removeFormer, 0, 1, TimeUnit.DAYS);
        readOnly = new ReadOnlyMode(sessions, folders, timer);
        archive = new PostgresWalArchive(server, sessions);
        recovery = new PostgresRecovery(server);
    }

    PostgresHostAccess access() {
        return access;
    }

    PostgresUpgrade upgrade() {
        return upgrade;
    }

    ReadOnlyMode readOnly() {
        return readOnly;
    }

    PostgresWalArchive archive() {
        return archive;
    }

    PostgresRecovery recovery() {
        return recovery;
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The server may be away for a moment; the next time comes. */
    private void sweep() {
        try {
            access.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Whose access from other machines is over cannot be seen to now: {}", e.getMessage());
        }
    }

    private void removeFormer() {
        try {
            upgrade.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Former data folders cannot be looked for now: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
