package platform.backup.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupKeyException;
import platform.backup.api.BackupProgress;
import platform.db.api.WalSegment;

/**
 * The files of a chain on its target, {@code point-in-time/SYSTEM/CHAIN/…}: each is compressed by zstd and encrypted by age, as a
 * backup is, so that {@code age -d | zstd -d} gives what PostgreSQL has made.
 */
final class ArchiveStore implements AutoCloseable {

    static final String SUFFIX = ".zst.age";

    /** What of a target is no backup. */
    static final String ROOT = "point-in-time/";

    /** What the platform knows of the chain, for one that has lost its own book. */
    static final String RECORD = "chain.json" + SUFFIX;

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveStore.class);
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
        return openAt(folder + file, meter);
    }

    private InputStream openAt(String name, Meter meter) throws IOException {
        InputStream in = target.read(name, 0);
        try {
            InputStream decrypted = Age.decrypt(new BufferedInputStream(meter.count(in), BUFFER), keyRing.secrets());
            return new BufferedInputStream(new ZstdInputStreamNoFinalizer(decrypted), BUFFER);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Keeps what is known of the chain beside its files. */
    void record(ArchiveChain chain) throws IOException {
        put(RECORD, out -> {
            out.write(Format.write(chain));
            return chain;
        });
    }

    /** What is known of the chains on the target, whosever they are, as far as our keys open it; the oldest first. */
    List<ArchiveChain> recorded() throws IOException {
        List<ArchiveChain> chains = new ArrayList<>();
        for (Target.Kept kept : target.list(ROOT)) {
            if (kept.name().endsWith("/" + RECORD)) {
                read(kept.name()).ifPresent(chains::add);
            }
        }
        chains.sort(Comparator.comparing(ArchiveChain::name));
        return chains;
    }

    /** What is known of this chain on the target. */
    Optional<ArchiveChain> recordedNow() throws IOException {
        return target.list(folder + RECORD).isEmpty() ? Optional.empty() : read(folder + RECORD);
    }

    private Optional<ArchiveChain> read(String name) throws IOException {
        try (InputStream in = openAt(name, new Meter(BackupProgress.NONE, "", 0))) {
            return Optional.of(Format.read(in.readAllBytes(), ArchiveChain.class));
        } catch (BackupKeyException e) {
            LOG.debug("{} on {} is another platform's", name, target.describe(), e);
            return Optional.empty();
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
