package platform.core.manager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.MovedDatabase;
import platform.core.api.PlatformException;
import platform.core.api.ProvisioningListener;
import platform.core.manager.MoveJournal.Move;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;

/**
 * Moves databases from one server to another. Which of the two an instance has is decided by its own record, in one
 * transaction, when the copy is complete; before that the copy is nobody's, after it the original is.
 */
final class DatabaseMove {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMove.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final DatabaseServers servers;
    private final MoveJournal journal;
    private final ProvisioningListener listener;
    private final Clock clock;

    DatabaseMove(ManagerTables tables, DatabaseServers servers, ProvisioningListener listener, Clock clock) {
        this.servers = servers;
        this.journal = new MoveJournal(tables);
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * To be called under the instance's lock.
     *
     * @param restart starts the instance, if it should run
     */
    MovedDatabase run(ManagedInstance instance, String target, Runnable restart, Consumer<String> progress) {
        InstanceRecord record = instance.record();
        check(record, target);
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(KEPT);
        Move move = new Move(record.server(), target, until);
        step(record, "journal");
        journal.begin(record.id(), move);
        long stopped = System.nanoTime();
        long rows = copy(instance, move, restart, progress);
        step(record, "arrive");
        arrive(instance, move);
        step(record, "retire");
        retire(record, move);
        restart.run();
        LOG.info("The database of {} was moved from '{}' to '{}'", record.id(), move.source(), target);
        return new MovedDatabase(
                record.id(), move.source(), target, rows, Duration.ofNanos(System.nanoTime() - stopped), until);
    }

    private void step(InstanceRecord record, String name) {
        listener.beforeStep(record.id(), "move", name);
    }

    /** What cannot succeed is refused before anybody notices. */
    private void check(InstanceRecord record, String target) {
        if (record.server().equals(target)) {
            throw PlatformException.conflict("The database of " + record.id() + " is on '" + target + "' already.");
        }
        try {
            servers.on(target);
            servers.on(record.server());
            journal.begun(record.id()).ifPresent(former -> settle(record, former));
            servers.checkCopy(record.server(), target, record.databaseSpec());
        } catch (DatabaseException e) {
            throw new PlatformException(PlatformException.Kind.INVALID, e.getMessage() + ".", e);
        }
    }

    private long copy(ManagedInstance instance, Move move, Runnable restart, Consumer<String> progress) {
        InstanceRecord record = instance.record();
        try {
            instance.stop(record.id() + " is being moved to another database server.");
            step(record, "copy");
            return servers.copy(move.source(), move.target(), record.databaseSpec(), move.mark(), progress);
        } catch (DatabaseException e) {
            journal.end(record.id());
            restart.run();
            throw PlatformException.failed(
                    record.id() + " was not moved, and goes on as it was: " + e.getMessage() + ".", e);
        }
    }

    private void arrive(ManagedInstance instance, Move move) {
        InstanceId id = instance.record().id();
        try {
            journal.arrive(id);
        } catch (PlatformException e) {
            String reason =
                    "The move of " + id + " was cut off; the next start of the platform finishes it or takes it back.";
            instance.explain(reason);
            throw PlatformException.failed(reason + " Restart the platform: " + e.getMessage(), e);
        }
        instance.replaceRecord(instance.record().withServer(move.target()));
    }

    /** The instance has its new database in any case. */
    private void retire(InstanceRecord record, Move move) {
        try {
            servers.retire(move.source(), record.databaseSpec(), move.until());
            journal.end(record.id());
        } catch (DatabaseException | PlatformException e) {
            LOG.warn(
                    "The former database of {} on '{}' is left to the next start: {}",
                    record.id(),
                    move.source(),
                    e.getMessage());
        }
    }

    /** At a start, before any instance is loaded. */
    void finishWhatWasCutOff(Iterable<InstanceRecord> instances) {
        var begun = journal.begun();
        for (InstanceRecord record : instances) {
            Move move = begun.get(record.id());
            if (move != null) {
                finish(record, move);
            }
        }
    }

    private void finish(InstanceRecord record, Move move) {
        try {
            settle(record, move);
        } catch (DatabaseException e) {
            LOG.error(
                    "The database of {} was being moved when the platform ended; the next start clears up: {}",
                    record.id(),
                    e.getMessage());
        }
    }

    private void settle(InstanceRecord record, Move move) {
        boolean arrived = record.server().equals(move.target());
        if (arrived) {
            servers.retire(move.source(), record.databaseSpec(), move.until());
        } else {
            servers.discard(move.target(), record.databaseSpec(), move.mark());
        }
        journal.end(record.id());
        LOG.warn(
                "The database of {} was being moved to '{}' when the platform ended; {}",
                record.id(),
                move.target(),
                arrived ? "now it is there" : "it is where it was");
    }
}
