package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;

/** Opens backups that lie in a folder. */
final class BackupOpener {

    private final KeyRing keyRing;

    BackupOpener(KeyRing keyRing) {
        this.keyRing = keyRing;
    }

    /** @param step what the progress is told of */
    ArchiveReader open(Path file, String step, BackupProgress progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException("There is no file " + file + "; backup:list shows the backups");
        }
        Meter meter = new Meter(progress, step, Files.size(file));
        var in = Files.newInputStream(file);
        try {
            return new ArchiveReader(meter.count(in), keyRing.secrets());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    BackupManifest verify(Path file, BackupProgress progress) {
        return Told.as(file + " was not verified", () -> {
            try (ArchiveReader reader = open(file, "verify", progress)) {
                return reader.finish();
            }
        });
    }
}
