package platform.backup.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import platform.backup.api.BackupProgress;
import platform.db.api.WalSegment;

/**
 * The files of a chain on its target, {@code point-in-time/SYSTEM/CHAIN/…}: each is compressed by zstd and encrypted by age, as a
 * backup is, so that {@code age -d | zstd -d} gives what PostgreSQL has made.
 */
final class ArchiveStore implements AutoCloseable {

    static final String SUFFIX = ".zst.age";

    private static final String ROOT = "point-in-time/";
    private static final int LEVEL = 1;
    private static final int BUFFER = 1 << 16;

    private final Target target;
    private final String folder;
    private final KeyRing keyRing;

    ArchiveStore(Target target, ArchiveChain chain, KeyRing keyRing) {
        this.target = target;
        this.folder = ROOT + chain.system() + "/" + chain.name() + "/";
        this.keyRing = keyRing;
    }

    /** Opens the target of a chain. */
    interface Opener {
        ArchiveStore open(ArchiveChain chain) throws IOException;
    }

    /** Writes the content of a file. */
    interface Content<T> {
        T writeTo(OutputStream out) throws IOException;
    }

    static String fileOf(WalSegment segment) {
        return segment.name() + SUFFIX;
    }

    /** Puts a file there; it has its name when it is complete. */
    <T> T put(String file, Content<T> content) throws IOException {
        Meter written = new Meter(BackupProgress.NONE, "", 0);
        T result;
        try (Upload upload = target.begin(folder + file)) {
            try (OutputStream sealed = seal(written.count(upload))) {
                result = content.writeTo(sealed);
            }
            upload.complete();
        }
        BackupMaker.mustBeThere(target, folder + file, written.done());
        return result;
    }

    private OutputStream seal(OutputStream out) throws IOException {
        return new BufferedOutputStream(
                new ZstdOutputStreamNoFinalizer(
                                new BufferedOutputStream(Age.encrypt(out, keyRing.recipients()), BUFFER), LEVEL)
                        .setChecksum(true),
                BUFFER);
    }

    /**
     * Opens a file.
     *
     * @param meter counts what is fetched
     */
    InputStream open(String file, Meter meter) throws IOException {
        InputStream in = target.read(folder + file, 0);
        try {
            InputStream decrypted = Age.decrypt(new BufferedInputStream(meter.count(in), BUFFER), keyRing.secrets());
            return new BufferedInputStream(new ZstdInputStreamNoFinalizer(decrypted), BUFFER);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The complete files, by name and in order. */
    List<Target.Kept> files() throws IOException {
        return target.list(folder).stream()
                .map(it -> new Target.Kept(it.name().substring(folder.length()), it.bytes(), it.modified()))
                .toList();
    }

    /** The segments among files. */
    static Set<WalSegment> segments(List<Target.Kept> files) {
        return files.stream()
                .map(Target.Kept::name)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .filter(WalSegment::isName)
                .map(WalSegment::new)
                .collect(Collectors.toSet());
    }

    void delete(String file) throws IOException {
        target.delete(folder + file);
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
