package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;

/** Opens backups that lie in a folder. */
final class BackupOpener {

    /** A backup that can be read more than once. */
    interface Source {
        /** @param step what the progress is told of */
        ArchiveReader open(String step) throws IOException;
    }

    private final KeyRing keyRing;

    BackupOpener(KeyRing keyRing) {
        this.keyRing = keyRing;
    }

    /** @param step what the progress is told of */
    ArchiveReader open(Path file, String step, BackupProgress progress) throws IOException {
        return open(file, List.of(), step, progress);
    }

    /** @param keys secret keys that are tried besides the platform's own */
    ArchiveReader open(Path file, List<String> keys, String step, BackupProgress progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException("There is no file " + file + "; backup:list shows the backups");
        }
        Meter meter = new Meter(progress, step, Files.size(file));
        return read(meter.count(Files.newInputStream(file)), keys);
    }

    /**
     * @param in closed with the reader, or when it cannot be read
     * @param keys secret keys that are tried besides the platform's own
     */
    ArchiveReader read(InputStream in, List<String> keys) throws IOException {
        try {
            List<String> all = new ArrayList<>(keys);
            all.addAll(keyRing.secrets());
            return new ArchiveReader(in, all);
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
