package platform.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import platform.backup.api.BackupException;
import platform.backup.api.BackupProgress;
import platform.backup.api.CloneResult;
import platform.backup.api.RestorePlan;
import platform.core.api.CarriedInstance;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.InstanceTransfer;
import platform.db.api.DatabaseException;
import platform.db.api.Dump;
import platform.db.api.Dumps;

/** Copies instances: the dump of one database goes into another, and is nowhere between. */
final class Cloner {

    private static final int PIPE = 1 << 20;

    private final InstanceTransfer instances;
    private final Dumps dumps;
    private final RestorePlanner planner;

    Cloner(InstanceTransfer instances, Dumps dumps, RestorePlanner planner) {
        this.planner = planner;
        this.instances = instances;
        this.dumps = dumps;
    }

    RestorePlan plan(String from, String to, Optional<String> server) {
        return Told.as(from + " cannot be cloned", () -> {
            BackupContent content =
                    new BackupContent.OfInstance(instances.carried(InstanceId.parse(from)), Optional.empty());
            try (Dump dump = dumps.begin(content.database())) {
                return planner.plan(content.header(dump.info()), RestoreInto.placed(Optional.of(to), server));
            }
        });
    }

    CloneResult run(String from, String to, Optional<String> server, BackupProgress progress) {
        long begin = System.nanoTime();
        Restorer.possible(from + " was not cloned", plan(from, to, server));
        return Told.as(from + " was not cloned", () -> {
            CarriedInstance carried = instances.carried(InstanceId.parse(from));
            InstanceSpec spec = new InstanceSpec(
                    InstanceId.parse(to),
                    carried.info().app(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    carried.info().settings(),
                    server,
                    carried.info().trace(),
                    carried.limits());
            AtomicLong rows = new AtomicLong();
            CreatedInstance made = instances.create(
                    spec, database -> rows.set(fill(carried.info().database(), database, progress)));
            return new CloneResult(to, made.password(), rows.get(), Duration.ofNanos(System.nanoTime() - begin));
        });
    }

    /** What takes a cancelled instance back must not be interrupted. */
    private long fill(String from, String to, BackupProgress progress) {
        try {
            return copy(from, to, progress);
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new BackupException("The clone was cancelled, and nothing is left of it", e);
            }
            throw e instanceof RuntimeException known ? known : new BackupException("The copy failed: " + e, e);
        }
    }

    private long copy(String from, String to, BackupProgress progress) throws IOException {
        try (Dump dump = dumps.begin(from);
                PipedInputStream in = new PipedInputStream(PIPE)) {
            OutputStream out = new PipedOutputStream(in);
            Meter meter = new Meter(progress, "copy", dump.info().bytes());
            FutureTask<Map<String, Long>> writing = new FutureTask<>(() -> {
                try (out) {
                    return dump.writeTo(meter.count(out));
                }
            });
            Thread writer = new Thread(writing, "backup-clone");
            writer.setDaemon(true);
            writer.start();
            dumps.restore(to, dump.info().role(), in);
            return compared(writing, to);
        }
    }

    private long compared(FutureTask<Map<String, Long>> writing, String to) {
        try {
            Map<String, Long> wanted = writing.get();
            if (!dumps.rows(to).equals(wanted)) {
                throw new BackupException("The copy has other rows than the instance had");
            }
            return wanted.values().stream().mapToLong(Long::longValue).sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("The copy was cancelled", e);
        } catch (ExecutionException e) {
            throw new DatabaseException("The copy failed: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
