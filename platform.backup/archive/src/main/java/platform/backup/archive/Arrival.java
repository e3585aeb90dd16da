package platform.backup.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.archive.MoveMessage.Phase;
import platform.backup.archive.MoveMessage.State;
import platform.core.api.InstanceInfo;
import platform.db.api.Changes;
import platform.db.api.DatabaseException;
import platform.db.api.Dumps;

/**
 * An instance that comes: is made as by an import, and before it is complete gets the changes since. Until then it is the journal's of
 * the manager, so that nothing is left of it wherever it is cut off.
 */
final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    /** For so long the other platform may say nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final String as;
    private final Changes changes;
    private final Dumps dumps;
    private final ChunkInput copy = new ChunkInput(PATIENCE);
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private volatile State state;
    private volatile ChunkInput receiving = copy;
    private long received;

    /** What to do with the database that is complete as far as it goes. */
    private interface Step {
        /** Returns whether it was the last. */
        boolean on(String database) throws IOException;
    }

    /** Makes the instance out of a copy. */
    interface Making {
        /** @param finish is given the database before the instance is complete */
        InstanceInfo make(StoredBackup copy, Finish finish);
    }

    /** Does the rest. */
    interface Finish {
        void with(String database);
    }

    /** @param as what the instance is called here */
    Arrival(String as, Changes changes, Dumps dumps) {
        this.as = as;
        this.changes = changes;
        this.dumps = dumps;
        this.state = new State(Phase.COPYING, as, "", 0, "", List.of());
    }

    State state() {
        return state;
    }

    /** Runs until the instance has arrived, or nothing is left of it. */
    void run(Making making, String key) {
        try {
            InstanceInfo made = making.make(
                    new StoredBackup(as, () -> new StoredBackup.Bytes(copy, 0), () -> List.of(key)), this::follow);
            String trouble = made.state().isUp() ? "" : made.state() + ": " + made.reason();
            state = new State(Phase.ARRIVED, as, made.path(), state.applied(), trouble, List.of());
            LOG.info("{} has arrived from another platform", as);
        } catch (RuntimeException e) {
            state = State.failed(as, String.valueOf(e.getMessage()));
            LOG.warn("{} has not arrived from another platform: {}", as, e.getMessage());
        }
    }

    private void follow(String database) {
        state = new State(Phase.FOLLOWING, as, "", 0, "", List.of());
        try {
            while (!next().on(database)) {
                state = new State(Phase.FOLLOWING, as, "", state.applied() + 1, "", List.of());
            }
        } catch (IOException e) {
            throw new BackupException(e.getMessage(), e);
        }
    }

    private Step next() {
        try {
            return Optional.ofNullable(steps.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new BackupException("The other platform has said nothing for too long"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("The move was cut off", e);
        }
    }

    /** Takes a piece of the copy, or of changes. One that was received already is left out: its answer was lost. */
    synchronized void receive(long offset, byte[] bytes) throws IOException {
        if (offset == received - bytes.length) {
            return;
        }
        if (offset != received) {
            throw new BackupException("A piece is missing: " + offset + " came after " + received);
        }
        if (receiving == null) {
            ChunkInput input = new ChunkInput(PATIENCE);
            steps.add(database -> {
                changes.apply(database, input);
                return false;
            });
            receiving = input;
        }
        receiving.put(bytes);
        received += bytes.length;
    }

    /** The copy, or the changes, are complete. */
    synchronized void end() throws IOException {
        if (receiving != null) {
            receiving.end();
            receiving = null;
            received = 0;
        }
    }

    /** From now on the instance is this platform's, if it has all of these rows. */
    void commit(Map<String, Long> rows) {
        steps.add(database -> {
            Map<String, Long> there = dumps.rows(database);
            if (!there.equals(rows)) {
                throw new DatabaseException(
                        "What has arrived has other rows than the original: " + Restorer.differences(rows, there));
            }
            return true;
        });
    }

    void abort() {
        copy.fail("The move was given up");
        steps.add(database -> {
            throw new BackupException("The move was given up");
        });
        Optional.ofNullable(receiving).ifPresent(it -> it.fail("The move was given up"));
    }
}
