package platform.backup.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.backup.api.BackupSource;
import platform.backup.api.Backups;
import platform.core.api.CarriedInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.db.api.Dump;
import platform.db.api.Dumps;

/** Makes backups. */
final class BackupMaker {

    private final InstanceTransfer instances;
    private final BackupContent manager;
    private final Dumps dumps;
    private final KeyRing keyRing;
    private final DiskRoom room;
    private final Optional<AppFolder> apps;

    BackupMaker(InstanceTransfer instances, BackupContent manager, Dumps dumps, KeyRing keyRing, DiskRoom room) {
        this(instances, manager, dumps, keyRing, room, Optional.empty());
    }

    private BackupMaker(
            InstanceTransfer instances,
            BackupContent manager,
            Dumps dumps,
            KeyRing keyRing,
            DiskRoom room,
            Optional<AppFolder> apps) {
        this.instances = instances;
        this.manager = manager;
        this.dumps = dumps;
        this.keyRing = keyRing;
        this.room = room;
        this.apps = apps;
    }

    /** Makes them by other dumps. */
    BackupMaker with(Dumps others) {
        return new BackupMaker(instances, manager, others, keyRing, room, apps);
    }

    /** Puts the instance's app into them. */
    BackupMaker with(AppFolder itsApps) {
        return new BackupMaker(instances, manager, dumps, keyRing, room, Optional.of(itsApps));
    }

    /** @param place what the target is called */
    BackupRun run(String instance, Target target, String place, BackupProgress progress) {
        long begin = System.nanoTime();
        Made made = run(instance, target, header -> new BackupName(header.instance(), header.made()).file(), progress);
        BackupFile backup = new BackupFile(
                new BackupSource(place, made.file()),
                made.manifest().header().instance(),
                made.manifest().header().made(),
                made.bytes(),
                Optional.empty());
        return new BackupRun(
                backup, made.manifest(), Duration.ofNanos(System.nanoTime() - begin), keyRing.takeNewKey());
    }

    /** A backup on a target. */
    record Made(String file, BackupManifest manifest, long bytes) {}

    /**
     * Makes a backup and looks whether the target has all of it. Where the target went away in the middle, what it had is gone:
     * the backup is begun anew, with a snapshot of then, as often as what fails for a moment is tried.
     *
     * @param name the file's name, by what is known when the snapshot is taken
     */
    Made run(String instance, Target target, Function<BackupHeader, String> name, BackupProgress progress) {
        Retry anew = Retry.usual();
        return Told.as(instance + " was not backed up", () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return run(instance, target, name, keyRing::recipients, dump -> {}, progress);
                } catch (BackupException e) {
                    if (!(e.getCause() instanceof TargetException failure)) {
                        throw e;
                    }
                    anew.rest("The backup of " + instance, attempt, failure.first());
                }
            }
        });
    }

    /**
     * @param keys for whom it is encrypted
     * @param begun is given the dump before it is written
     */
    Made run(
            String instance,
            Target target,
            Function<BackupHeader, String> name,
            Supplier<List<String>> keys,
            Consumer<Dump> begun,
            BackupProgress progress) {
        return Told.as(instance + " was not backed up", () -> {
            BackupContent content = content(instance);
            List<String> recipients = keys.get();
            try (Dump dump = dumps.begin(content.database())) {
                begun.accept(dump);
                BackupHeader header = content.header(dump.info());
                String file = name.apply(header);
                Meter written = new Meter(BackupProgress.NONE, "", 0);
                BackupManifest manifest = write(target, file, written, recipients, header, content, dump, progress);
                mustBeThere(target, file, written.done());
                return new Made(file, manifest, written.done());
            }
        });
    }

    private BackupContent content(String instance) {
        if (instance.equals(Backups.MANAGER)) {
            return manager;
        }
        CarriedInstance carried = instances.carried(InstanceId.parse(instance));
        return new BackupContent.OfInstance(
                carried, apps.map(folder -> folder.jar(carried.info().app())));
    }

    /** What is not on the target as it was written, is not there. */
    static void mustBeThere(Target target, String file, long bytes) throws IOException {
        long there = target.list(file).stream()
                .filter(kept -> kept.name().equals(file))
                .mapToLong(Target.Kept::bytes)
                .findFirst()
                .orElse(0);
        if (there != bytes) {
            throw new IOException(target.describe() + " has " + there + " of the " + bytes + " bytes of " + file
                    + ": see what became of them there");
        }
    }

    private BackupManifest write(
            Target target,
            String file,
            Meter written,
            List<String> recipients,
            BackupHeader header,
            BackupContent content,
            Dump dump,
            BackupProgress progress)
            throws IOException {
        try (Upload upload = room.watch(target, target.begin(file))) {
            BackupManifest manifest;
            try (ArchiveWriter writer = new ArchiveWriter(written.count(upload), recipients, header)) {
                content.writeTo(writer);
                Meter dumped = new Meter(progress, "dump", header.databaseBytes());
                Map<String, Long> rows = dump.writeTo(dumped.count(writer.dump()));
                manifest = writer.finish(dump.info().schemaVersion().orElse(""), rows);
            }
            upload.complete();
            return manifest;
        }
    }
}
