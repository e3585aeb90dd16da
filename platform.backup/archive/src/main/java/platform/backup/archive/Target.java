package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place that keeps backup files: a folder, a server. A file is there under its name only when it is complete; what was cut
 * off is never listed. Names have letters, digits, {@code . _ @ + -} and {@code /} between folders. Any thread may call it.
 */
interface Target extends AutoCloseable {

    /** A complete file. */
    record Kept(String name, long bytes, Instant modified) {}

    /** The complete files whose names begin so, by name. */
    List<Kept> list(String prefix) throws IOException;

    /** Begins a file. One of the same name is replaced in the moment in which the new one is complete. */
    Upload begin(String name) throws IOException;

    /** Reads a file from a position on. */
    InputStream read(String name, long offset) throws IOException;

    /** Removes a file; does nothing when there is none. */
    void delete(String name) throws IOException;

    /** The folder of this machine that it is; empty when it is elsewhere. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** Where it is, for people; without passwords. */
    String describe();

    @Override
    void close() throws IOException;
}
