package platform.db.postgresql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import platform.db.api.DatabaseException;

/**
 * The beginning of a dump, on disk: all of it but the data. A tool that works in several sessions at a time reads that more than
 * once, and a stream can be read only once.
 */
final class DumpHead implements AutoCloseable {

    private final Path file;

    private DumpHead(Path file) {
        this.file = file;
    }

    /**
     * Reads the dump until the tool has listed what is in it.
     *
     * @param tool where {@code pg_restore} is
     * @param folder for the file
     */
    static DumpHead of(String tool, Path folder, InputStream dump) {
        try {
            DumpHead head = new DumpHead(Files.createTempFile(folder, "dump", ".head"));
            try {
                head.read(tool, dump);
                return head;
            } catch (IOException | RuntimeException e) {
                head.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DatabaseException("The beginning of the dump cannot be kept in " + folder + ": " + e, e);
        }
    }

    private void read(String tool, InputStream dump) throws IOException {
        try (OutputStream copy = Files.newOutputStream(file);
                ToolProcess list = ToolProcess.start(Command.builder(List.of(tool, "--list", "--format=custom")))) {
            list.filter(new Copied(dump, copy), OutputStream.nullOutputStream());
        }
    }

    Path file() {
        return file;
    }

    /** All of the dump, of which this is the beginning. */
    InputStream before(InputStream rest) {
        try {
            return new SequenceInputStream(Files.newInputStream(file), rest);
        } catch (IOException e) {
            throw new DatabaseException("The beginning of the dump cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new DatabaseException("The file " + file + " cannot be removed: " + e, e);
        }
    }

    /** Writes down what is read of it. */
    private static final class Copied extends FilterInputStream {

        private final OutputStream copy;

        Copied(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                copy.write(bytes, offset, read);
            }
            return read;
        }
    }
}
