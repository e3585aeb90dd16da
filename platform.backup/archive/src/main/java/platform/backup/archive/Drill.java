package platform.backup.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.Backups;
import platform.backup.api.DamagedBackupException;
import platform.backup.api.DrillResult;
import platform.core.api.InstanceId;
import platform.core.api.InstanceTransfer;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;
import platform.db.api.Dumps;
import platform.db.api.SpareDatabases;

/** Proves backups: the SQL that the file amounts to, and that which the restored database amounts to, are the same. */
final class Drill {

    private final Restorer restorer;
    private final InstanceTransfer instances;
    private final Databases databases;
    private final Dumps dumps;
    private final SpareDatabases spares;
    private final Clock clock;

    Drill(
            Restorer restorer,
            InstanceTransfer instances,
            Databases databases,
            Dumps dumps,
            SpareDatabases spares,
            Clock clock) {
        this.restorer = restorer;
        this.instances = instances;
        this.databases = databases;
        this.dumps = dumps;
        this.spares = spares;
        this.clock = clock;
    }

    DrillResult run(StoredBackup file, BackupProgress progress) {
        long begin = System.nanoTime();
        return Told.as(file + " was not proved", () -> {
            String checksum;
            BackupManifest manifest;
            try (ArchiveReader reader = file.open("read", progress)) {
                mustFit(file, RestorePlanner.bytesNeeded(reader.header()));
                checksum = dumps.checksum(reader.dump());
                manifest = reader.finish();
            }
            String found = withRole(manifest.header().role(), role -> restored(file, role, progress));
            if (!found.equals(checksum)) {
                throw new DamagedBackupException(file + " does not prove itself: what was restored from it is not what"
                        + " is in it (SHA-256 " + found + " instead of " + checksum + ")");
            }
            Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            note(manifest, at);
            return new DrillResult(manifest, checksum, at, Duration.ofNanos(System.nanoTime() - begin));
        });
    }

    private void mustFit(StoredBackup file, long needed) {
        long free = spares.freeBytes();
        if (needed > free) {
            throw new BackupException(file + " was not proved: that needs " + needed + " bytes, and only " + free
                    + " are free. Free the rest");
        }
    }

    /** What is done for a role. */
    private interface Work {
        String with(String role) throws IOException;
    }

    /** The owner bears the name that it had, for definitions may name it; where nobody has it, it is made for this once. */
    private String withRole(String role, Work work) throws IOException {
        if (databases.roles().contains(role)) {
            return work.with(role);
        }
        byte[] password = new byte[24];
        new SecureRandom().nextBytes(password);
        databases.createRole(new DatabaseSpec(role, role, HexFormat.of().formatHex(password)));
        try {
            return work.with(role);
        } finally {
            databases.dropRole(role);
        }
    }

    private String restored(StoredBackup file, String role, BackupProgress progress) throws IOException {
        String spare = spares.create(role);
        try (ArchiveReader reader = file.open("restore", progress)) {
            Restorer.fill(dumps, spare, reader);
            return dumps.checksum(spare);
        } finally {
            restorer.drop(spare);
        }
    }

    /** A backup of the manager, or of an instance that is not here any more, is proved for nobody. */
    private void note(BackupManifest manifest, Instant at) {
        if (manifest.header().instance().equals(Backups.MANAGER)) {
            return;
        }
        InstanceId id = InstanceId.parse(manifest.header().instance());
        try {
            instances.noteProof(id, manifest.header().made(), at);
        } catch (PlatformException e) {
            if (e.kind() != PlatformException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
