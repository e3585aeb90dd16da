package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;
import platform.backup.api.BackupSource;

/** Finds backups, in folders and on targets, which the platform's keys open. */
final class BackupOpener {

    private final KeyRing keyRing;
    private final Targets targets;

    BackupOpener(KeyRing keyRing, Targets targets) {
        this.keyRing = keyRing;
        this.targets = targets;
    }

    StoredBackup find(BackupSource source) {
        return new StoredBackup(source.toString(), () -> bytes(source), keyRing::secrets);
    }

    private StoredBackup.Bytes bytes(BackupSource source) throws IOException {
        return source.place().startsWith("/")
                ? StoredBackup.file(Path.of(source.toString()))
                : StoredBackup.onTarget(targets.open(source.place()), source.name());
    }

    BackupManifest verify(BackupSource source, BackupProgress progress) {
        return Told.as(source + " was not verified", () -> {
            try (ArchiveReader reader = find(source).open("verify", progress)) {
                return reader.finish();
            }
        });
    }
}
