package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupRun;
import platform.core.api.CarriedInstance;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.db.api.Dump;
import platform.db.api.DumpInfo;
import platform.db.api.Dumps;

/** Makes backups. */
final class BackupMaker {

    private final InstanceTransfer instances;
    private final Dumps dumps;
    private final KeyRing keyRing;

    BackupMaker(InstanceTransfer instances, Dumps dumps, KeyRing keyRing) {
        this.instances = instances;
        this.dumps = dumps;
        this.keyRing = keyRing;
    }

    BackupRun run(String instance, Path folder, BackupProgress progress) {
        long begin = System.nanoTime();
        Made made = run(
                instance,
                new FolderTarget(folder),
                header -> new BackupName(header.instance(), header.made()).file(),
                progress);
        BackupFile backup = new BackupFile(
                folder.resolve(made.file()),
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
     * Makes a backup and looks whether the target has all of it.
     *
     * @param name the file's name, by what is known when the snapshot is taken
     */
    Made run(String instance, Target target, Function<BackupHeader, String> name, BackupProgress progress) {
        return run(instance, target, name, keyRing::recipients, progress);
    }

    /** @param keys for whom it is encrypted */
    Made run(
            String instance,
            Target target,
            Function<BackupHeader, String> name,
            Supplier<List<String>> keys,
            BackupProgress progress) {
        return Told.as(instance + " was not backed up", () -> {
            CarriedInstance carried = instances.carried(InstanceId.parse(instance));
            List<String> recipients = keys.get();
            try (Dump dump = dumps.begin(carried.info().database())) {
                BackupHeader header = header(carried, dump.info());
                String file = name.apply(header);
                Meter written = new Meter(BackupProgress.NONE, "", 0);
                BackupManifest manifest = write(target, file, written, recipients, header, carried, dump, progress);
                mustBeThere(target, file, written.done());
                return new Made(file, manifest, written.done());
            }
        });
    }

    private static void mustBeThere(Target target, String file, long bytes) throws IOException {
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

    private static BackupHeader header(CarriedInstance carried, DumpInfo info) {
        return new BackupHeader(
                Format.VERSION,
                carried.info().id().toString(),
                carried.info().app(),
                carried.appVersion(),
                carried.appSha256(),
                info.snapshot().truncatedTo(ChronoUnit.SECONDS),
                info.role(),
                info.server(),
                info.bytes());
    }

    private static BackupManifest write(
            Target target,
            String file,
            Meter written,
            List<String> recipients,
            BackupHeader header,
            CarriedInstance carried,
            Dump dump,
            BackupProgress progress)
            throws IOException {
        try (Upload upload = target.begin(file)) {
            BackupManifest manifest;
            try (ArchiveWriter writer = new ArchiveWriter(written.count(upload), recipients, header)) {
                writer.begin(kept(carried));
                Meter dumped = new Meter(progress, "dump", header.databaseBytes());
                Map<String, Long> rows = dump.writeTo(dumped.count(writer.dump()));
                manifest = writer.finish(dump.info().schemaVersion().orElse(""), rows);
            }
            upload.complete();
            return manifest;
        }
    }

    private static KeptInstance kept(CarriedInstance carried) {
        return new KeptInstance(
                carried.info().path(),
                carried.info().host(),
                carried.password(),
                carried.info().settings());
    }
}
