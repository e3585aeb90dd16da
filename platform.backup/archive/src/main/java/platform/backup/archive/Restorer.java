package platform.backup.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.DamagedBackupException;
import platform.backup.api.RestorePlan;
import platform.backup.api.RestoreResult;
import platform.core.api.CreatedInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceSpec;
import platform.core.api.InstanceTransfer;
import platform.db.api.DatabaseException;
import platform.db.api.Dumps;
import platform.db.api.SpareDatabases;

/** Restores instances: into a spare database that takes the place of theirs, or into that of a new instance. */
final class Restorer {

    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final RestorePlanner planner;
    private final InstanceTransfer instances;
    private final Dumps dumps;
    private final SpareDatabases spares;
    private final Clock clock;

    Restorer(RestorePlanner planner, InstanceTransfer instances, Dumps dumps, SpareDatabases spares, Clock clock) {
        this.planner = planner;
        this.instances = instances;
        this.dumps = dumps;
        this.spares = spares;
        this.clock = clock;
    }

    RestorePlan plan(StoredBackup backup, RestoreInto into) {
        return Told.as(backup + " cannot be restored", () -> {
            try (ArchiveReader reader = backup.open("open", BackupProgress.NONE)) {
                return planner.plan(reader.header(), into);
            }
        });
    }

    /** That of a backup that is still to be made. */
    RestorePlan plan(BackupHeader header) {
        return planner.plan(header, RestoreInto.ITSELF);
    }

    RestoreResult restore(StoredBackup backup, RestoreInto into, BackupProgress progress) {
        return Told.as(backup + " was not restored", () -> {
            try (ArchiveReader reader = backup.open("restore", progress)) {
                RestorePlan plan = possible(backup, planner.plan(reader.header(), into));
                return plan.exists() ? replace(reader, plan) : create(reader, plan, into, (database, rows) -> {});
            }
        });
    }

    /**
     * Never touches an instance that is there.
     *
     * @param finish is given the database and its rows before the instance is complete; what it throws takes the instance back
     */
    RestoreResult makeNew(
            StoredBackup backup,
            RestoreInto into,
            BiConsumer<String, Map<String, Long>> finish,
            BackupProgress progress) {
        return Told.as(backup + " was not imported", () -> {
            try (ArchiveReader reader = backup.open("import", progress)) {
                RestorePlan plan = mustBeNew(backup, planner.plan(reader.header(), into));
                return create(reader, plan, into, finish);
            }
        });
    }

    static RestorePlan mustBeNew(StoredBackup backup, RestorePlan plan) {
        if (plan.exists()) {
            throw new BackupException(backup + " was not imported: There is already an instance " + plan.instance()
                    + ". Give it another name with --as");
        }
        return possible(backup, plan);
    }

    static RestorePlan possible(StoredBackup backup, RestorePlan plan) {
        return possible(backup + " was not restored", plan);
    }

    /** @param failure what is said when it cannot be done */
    static RestorePlan possible(String failure, RestorePlan plan) {
        if (!plan.obstacles().isEmpty()) {
            throw new BackupException(failure + ": " + String.join(" ", plan.obstacles()));
        }
        return plan;
    }

    private RestoreResult replace(ArchiveReader reader, RestorePlan plan) {
        long begin = System.nanoTime();
        InstanceId id = InstanceId.parse(plan.instance());
        boolean hasDatabase = instances.prepare(id);
        String database = instances.carried(id).info().database();
        String spare = spares.create(database);
        try {
            BackupManifest manifest = fill(dumps, spare, reader);
            mustKnowSchema(manifest);
            Optional<Instant> until = Optional.of(
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(KEPT))
                    .filter(time -> hasDatabase);
            String kept = until.map(spares::keptName).orElse(database);
            whole(() ->
                    instances.replaceDatabase(id, spare, kept, reader.instance().settings()));
            return result(plan, manifest, begin, until.map(time -> kept), until, Optional.empty());
        } finally {
            drop(spare);
        }
    }

    /** When all went well there is none of this name any more; when not, that is what has to be told. */
    void drop(String spare) {
        try {
            spares.drop(spare);
        } catch (DatabaseException e) {
            LOG.warn("The database '{}' stays until the next start: {}", spare, e.getMessage());
        }
    }

    /** It gets its former path, host and password, unless it is a new one by another name. */
    private RestoreResult create(
            ArchiveReader reader, RestorePlan plan, RestoreInto into, BiConsumer<String, Map<String, Long>> finish) {
        boolean renamed = into.as().isPresent();
        long begin = System.nanoTime();
        AtomicReference<BackupManifest> manifest = new AtomicReference<>();
        KeptInstance kept = reader.instance();
        InstanceSpec spec = new InstanceSpec(
                InstanceId.parse(plan.instance()),
                plan.header().app(),
                renamed ? Optional.empty() : Optional.of(kept.path()),
                renamed ? Optional.empty() : Optional.of(kept.host()).filter(host -> !host.isEmpty()),
                renamed ? Optional.empty() : Optional.of(plan.header().role()),
                renamed ? Optional.empty() : Optional.of(kept.password()),
                kept.settings(),
                into.server(),
                kept.traceFlags(),
                kept.quotas());
        CreatedInstance made = instances.create(spec, database -> {
            manifest.set(fillNew(database, reader));
            finish.accept(database, manifest.get().rows());
        });
        Optional<String> password = renamed ? Optional.of(made.password()) : Optional.empty();
        return result(plan, manifest.get(), begin, Optional.empty(), Optional.empty(), password);
    }

    /** Whoever cancels it comes too late: an interrupt must not reach what gives the instance its database. */
    private static void whole(Runnable work) {
        try {
            CompletableFuture.runAsync(work, task -> new Thread(task, "backup-restore").start())
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** What takes a cancelled instance back must not be interrupted. */
    private BackupManifest fillNew(String database, ArchiveReader reader) {
        try {
            BackupManifest manifest = fill(dumps, database, reader);
            mustKnowSchema(manifest);
            return manifest;
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new BackupException("The restore was cancelled, and nothing has changed", e);
            }
            throw e;
        }
    }

    /** An app that is older than its database does not start: its instance would be down with the restore. */
    private void mustKnowSchema(BackupManifest manifest) {
        String app = manifest.header().app();
        String version = manifest.schemaVersion();
        if (!version.isEmpty() && !instances.knowsSchema(app, version)) {
            throw new BackupException("Its database has the schema " + version + ", which the app " + app
                    + " of this platform does not know: copy version "
                    + manifest.header().appVersion() + " of it or a newer one into the apps folder, and restore again");
        }
    }

    private static RestoreResult result(
            RestorePlan plan,
            BackupManifest manifest,
            long begin,
            Optional<String> kept,
            Optional<Instant> until,
            Optional<String> password) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new RestoreResult(plan.instance(), manifest, took, kept, until, password);
    }

    /** Fills a database, and looks whether it has become what the backup says. */
    static BackupManifest fill(Dumps dumps, String database, ArchiveReader reader) {
        BackupHeader header = reader.header();
        dumps.restore(database, header.role(), reader.dump());
        BackupManifest manifest = reader.finish();
        Map<String, Long> rows = dumps.rows(database);
        if (!rows.equals(manifest.rows())) {
            throw new DamagedBackupException("The restored database has other rows than the backup says: "
                    + differences(manifest.rows(), rows) + ". It was dropped");
        }
        return manifest;
    }

    static String differences(Map<String, Long> wanted, Map<String, Long> found) {
        return wanted.entrySet().stream()
                .filter(it -> !it.getValue().equals(found.get(it.getKey())))
                .limit(5)
                .map(it -> it.getKey() + " has " + found.get(it.getKey()) + " instead of " + it.getValue())
                .reduce((a, b) -> a + ", " + b)
                .orElse("there are tables that were not in it");
    }
}
