package platform.tracing.logback;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A log's current file, {@code x.log}, and its rolled predecessors, {@code x.1.log} being the youngest. Knows the size of
 * each record before it writes it, so that no file exceeds its limit. A disk that fails never reaches the code that logs:
 * the record is refused, and the file is tried again a second later. Not a FileChannel, which an interrupted thread closes.
 */
final class LogFile implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final Clock clock;
    private final Consumer<String> trouble;
    private Limits limits;
    private OutputStream out;
    private long size;
    private Instant retry = Instant.MIN;
    private boolean closed;

    /**
     * @param trouble told once, under the file's lock, when the file cannot be written any more
     */
    LogFile(Path path, Limits limits, Clock clock, Consumer<String> trouble) {
        this.path = path;
        this.limits = limits;
        this.clock = clock;
        this.trouble = trouble;
        append(new byte[0]);
    }

    /** The current file of the log of that name. */
    static Path in(Path logs, String name) {
        return logs.resolve(name).resolve(name + ".log");
    }

    Path path() {
        return path;
    }

    /** False when the record was not written: the file is closed or the disk fails. */
    boolean append(byte[] record) {
        lock.lock();
        try {
            return !closed && !isPausing() && write(record);
        } finally {
            lock.unlock();
        }
    }

    void limit(Limits changed) {
        lock.lock();
        try {
            for (int i = changed.files(); i < limits.files(); i++) {
                Files.deleteIfExists(rolled(i));
            }
        } catch (IOException e) {
            trouble.accept("Old files of log " + path + " cannot be deleted: " + e + ". Delete them by hand.");
        } finally {
            limits = changed;
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closeStream();
        } finally {
            lock.unlock();
        }
    }

    /** A clock that was set back does not make the pause longer. */
    private boolean isPausing() {
        Instant now = clock.instant();
        return out == null && now.isBefore(retry) && !now.isBefore(retry.minus(PAUSE));
    }

    private boolean write(byte[] record) {
        try {
            open();
            if (size > 0 && size + record.length > limits.size()) {
                roll();
            }
            out.write(record);
            size += record.length;
            retry = Instant.MIN;
            return true;
        } catch (IOException e) {
            refuse(e);
            return false;
        }
    }

    private void open() throws IOException {
        if (out != null) {
            return;
        }
        // An app may run as a user of its own, which is to read nobody else's log.
        Files.setPosixFilePermissions(Files.createDirectories(path.getParent()), FOLDER);
        out = new FileOutputStream(path.toFile(), true);
        size = Files.size(path);
        if (size > 0 && !endsWithNewline()) {
            out.write('\n');
            size++;
        }
    }

    /** A full disk or a kill can leave half a record. */
    private boolean endsWithNewline() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(size - 1);
            return file.read() == '\n';
        }
    }

    private void roll() throws IOException {
        closeStream();
        for (int i = limits.files() - 1; i > 0; i--) {
            if (Files.exists(rolled(i - 1))) {
                Files.move(rolled(i - 1), rolled(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
        open();
    }

    private Path rolled(int index) {
        return rolled(path, index);
    }

    /** The current file for 0, and the older the greater the index. */
    static Path rolled(Path path, int index) {
        String name = path.getFileName().toString();
        return index == 0 ? path : path.resolveSibling(name.replaceFirst("log$", index + ".log"));
    }

    private void refuse(IOException cause) {
        boolean known = !retry.equals(Instant.MIN);
        retry = clock.instant().plus(PAUSE);
        closeStream();
        if (!known) {
            trouble.accept("Log " + path + " cannot be written: " + cause
                    + ". Look at the disk and the folder's permissions; until then its lines go elsewhere.");
        }
    }

    private void closeStream() {
        OutputStream open = out;
        out = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            trouble.accept("Log " + path + " cannot be closed: " + e + ". Look at the disk.");
        }
    }
}
