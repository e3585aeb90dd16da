package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        return find(source, List.of());
    }

    /** @param keys secret keys that are tried besides the platform's own */
    StoredBackup find(BackupSource source, List<String> keys) {
        return new StoredBackup(
                source.toString(),
                () -> bytes(source),
                () -> Stream.concat(keys.stream(), keyRing.secrets().stream()).toList());
    }

    private StoredBackup.Bytes bytes(BackupSource source) throws IOException {
        return source.place().startsWith("/")
                ? StoredBackup.file(Path.of(source.toString()))
                : StoredBackup.onTarget(targets.open(source.place()), source.name());
    }

    BackupManifest verify(BackupSource source, BackupProgress progress) {
        return Told.as(source + " was not verified", () -> find(source).verify(progress));
    }
}
