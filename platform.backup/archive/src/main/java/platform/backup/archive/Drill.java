package platform.backup.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
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

/** Proves backups: what the file holds, and what the restored database holds, is the same. */
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

    /** @param appCheck whether the instance's app is asked, too */
    DrillResult run(StoredBackup file, boolean appCheck, BackupProgress progress) {
        long begin = System.nanoTime();
        return Told.as(file + " was not proved", () -> {
            String checksum;
            BackupManifest manifest;
            try (ArchiveReader reader = file.open("read", progress)) {
                mustFit(file, RestorePlanner.bytesNeeded(reader.header()));
                checksum = dumps.checksum(reader.dump());
                manifest = reader.finish();
            }
            Optional<InstanceId> id = instance(manifest);
            Optional<InstanceId> asked = id.filter(it -> appCheck);
            Restored restored = withRole(manifest.header().role(), role -> restored(file, role, asked, progress));
            if (!restored.checksum().equals(checksum)) {
                throw new DamagedBackupException(file + " does not prove itself: what was restored from it is not what"
                        + " is in it (SHA-256 " + restored.checksum() + " instead of " + checksum + ")");
            }
            Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            id.ifPresent(it -> note(it, listed(file, manifest), at));
            return new DrillResult(manifest, checksum, restored.app(), at, Duration.ofNanos(System.nanoTime() - begin));
        });
    }

    /** What was found of the restored database. */
    private record Restored(String checksum, Optional<String> app) {}

    private void mustFit(StoredBackup file, long needed) {
        long free = spares.freeBytes();
        if (needed > free) {
            throw new BackupException(file + " was not proved: that needs " + needed + " bytes, and only " + free
                    + " are free. Free the rest");
        }
    }

    /** What is done for a role. */
    private interface Work {
        Restored with(String role) throws IOException;
    }

    /** The owner bears the name that it had, for definitions may name it; where nobody has it, it is made for this once. */
    private Restored withRole(String role, Work work) throws IOException {
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

    /** The app comes last: what it is shown is brought up to date for it. */
    private Restored restored(StoredBackup file, String role, Optional<InstanceId> asked, BackupProgress progress)
            throws IOException {
        String spare = spares.create(role);
        try (ArchiveReader reader = file.open("restore", progress)) {
            Restorer.fill(dumps, spare, reader);
            String checksum = dumps.checksum(spare);
            return new Restored(checksum, asked.map(id -> instances.verify(id, spare)));
        } finally {
            restorer.drop(spare);
        }
    }

    /** The manager is none. */
    private static Optional<InstanceId> instance(BackupManifest manifest) {
        return Optional.of(manifest.header().instance())
                .filter(name -> !name.equals(Backups.MANAGER))
                .map(InstanceId::parse);
    }

    /** Proofs are kept by the time that lists show, that of the file's name: a schedule's has the time when its run began. */
    private static Instant listed(StoredBackup file, BackupManifest manifest) {
        return BackupName.parse(file.toString())
                .map(BackupName::made)
                .orElse(manifest.header().made());
    }

    /** A backup of an instance that is not here any more is proved for nobody. */
    private void note(InstanceId id, Instant made, Instant at) {
        try {
            instances.noteProof(id, made, at);
        } catch (PlatformException e) {
            if (e.kind() != PlatformException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
