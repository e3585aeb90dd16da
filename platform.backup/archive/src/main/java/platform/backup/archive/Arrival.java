package platform.backup.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
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
import platform.db.api.FollowingCopy;

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
    private final ChunkInput copy = new ChunkInput(PATIENCE);
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private volatile State state;
    private volatile ChunkInput receiving = copy;
    private long received;
    /** What each table has after the changes. */
    private final Map<String, Long> rows = new HashMap<>();
    /** Null before the copy is complete. */
    private FollowingCopy following;

    /** What to do with the copy that is complete as far as it goes. */
    private interface Step {
        /** Returns whether it was the last. */
        boolean run() throws IOException;
    }

    /** Makes the instance out of a copy. */
    interface Making {
        /** @param finish is given the database before the instance is complete */
        InstanceInfo make(StoredBackup copy, Finish finish);
    }

    /** Does the rest. */
    interface Finish {
        /** @param rows of each table, as they were counted there */
        void with(String database, Map<String, Long> rows);
    }

    /** @param as what the instance is called here */
    Arrival(String as, Changes changes) {
        this.as = as;
        this.changes = changes;
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
        } finally {
            stopFollowing();
        }
    }

    private void stopFollowing() {
        if (following != null) {
            following.close();
            following = null;
        }
    }

    private void follow(String database, Map<String, Long> counted) {
        rows.putAll(counted);
        following = changes.follow(database);
        state = new State(Phase.FOLLOWING, as, "", 0, "", List.of());
        try {
            while (!next().run()) {
                state = new State(Phase.FOLLOWING, as, "", state.applied() + 1, "", List.of());
            }
        } catch (IOException | RuntimeException e) {
            // What takes the instance back must find nobody in its database.
            stopFollowing();
            throw e instanceof RuntimeException failure ? failure : new BackupException(e.getMessage(), e);
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
            steps.add(() -> {
                following.apply(input).forEach((table, gained) -> rows.merge(table, gained, Long::sum));
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
    void commit(Map<String, Long> wanted) {
        steps.add(() -> {
            if (!rows.equals(wanted)) {
                throw new DatabaseException(
                        "What has arrived has other rows than the original: " + Restorer.differences(wanted, rows));
            }
            return true;
        });
    }

    void abort() {
        copy.fail("The move was given up");
        steps.add(() -> {
            throw new BackupException("The move was given up");
        });
        Optional.ofNullable(receiving).ifPresent(it -> it.fail("The move was given up"));
    }
}
