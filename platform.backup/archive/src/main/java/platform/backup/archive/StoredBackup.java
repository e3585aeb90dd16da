package platform.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import platform.backup.api.BackupException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupProgress;

/** A backup where it lies, and what may open it. */
final class StoredBackup {

    private final String name;
    private final Opening opening;
    private final Supplier<List<String>> keys;

    /** How its bytes are had. */
    interface Opening {
        Bytes open() throws IOException;
    }

    /** Its bytes, and how many there are. */
    record Bytes(InputStream in, long count) {}

    /**
     * @param name for people
     * @param keys the secret keys that may open it
     */
    StoredBackup(String name, Opening opening, Supplier<List<String>> keys) {
        this.name = name;
        this.opening = opening;
        this.keys = keys;
    }

    static Bytes file(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException("There is no file " + file + "; backup:list shows the backups");
        }
        return new Bytes(Files.newInputStream(file), Files.size(file));
    }

    /** The file of a target, read as it is needed; what is cut off on the way goes on. The target is closed with it. */
    static Bytes onTarget(Target target, String name) throws IOException {
        try {
            long count = target.list(name).stream()
                    .filter(kept -> kept.name().equals(name))
                    .mapToLong(Target.Kept::bytes)
                    .findFirst()
                    .orElseThrow(() -> new BackupException(
                            "There is no " + name + " on " + target.describe() + "; backup:list --from shows what is"));
            return new Bytes(closing(target.read(name, 0), target), count);
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static InputStream closing(InputStream in, Target target) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                try (target) {
                    super.close();
                }
            }
        };
    }

    /** @param step what the progress is told of */
    ArchiveReader open(String step, BackupProgress progress) throws IOException {
        Bytes bytes = opening.open();
        try {
            return new ArchiveReader(new Meter(progress, step, bytes.count()).count(bytes.in()), keys.get());
        } catch (IOException | RuntimeException e) {
            bytes.in().close();
            throw e;
        }
    }

    /** Reads it to its end. */
    BackupManifest verify(BackupProgress progress) throws IOException {
        try (ArchiveReader reader = open("verify", progress)) {
            return reader.finish();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
