package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import platform.backup.api.BackupFile;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupKeys;
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
        return Told.as(instance + " was not backed up", () -> {
            CarriedInstance carried = instances.carried(InstanceId.parse(instance));
            BackupKeys keys = keyRing.keys();
            try (Dump dump = dumps.begin(carried.info().database())) {
                BackupHeader header = header(carried, dump.info());
                BackupName name = new BackupName(header.instance(), header.made());
                BackupManifest manifest = write(new FolderTarget(folder), name, keys, header, carried, dump, progress);
                Path file = folder.resolve(name.file());
                BackupFile backup = new BackupFile(
                        file, header.instance(), header.made(), file.toFile().length(), Optional.empty());
                return new BackupRun(backup, manifest, Duration.ofNanos(System.nanoTime() - begin), keys.newKey());
            }
        });
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
            BackupName name,
            BackupKeys keys,
            BackupHeader header,
            CarriedInstance carried,
            Dump dump,
            BackupProgress progress)
            throws IOException {
        try (Upload upload = target.begin(name.file())) {
            Meter written = new Meter(BackupProgress.NONE, "", 0);
            BackupManifest manifest;
            try (ArchiveWriter writer = new ArchiveWriter(written.count(upload), keys.recipients(), header)) {
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
