package platform.backup.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupPart;

/**
 * Writes a backup, see {@link Format}: first {@link #begin}, then the {@link #dump()} to its end, then {@link #finish}. It holds
 * one file of the dump in memory; the compressor has its own outside of the heap, and a thread for each core.
 */
final class ArchiveWriter implements AutoCloseable {

    /**
     * The window and the tables of level 9, but matches of at least 6 bytes: shorter ones, in the digits that a dump is full of,
     * cost more than they save. And the search looks one byte ahead, not two: as small as level 9, in three quarters of its time.
     */
    private static final int LEVEL = 9;

    private static final int LAZY = 4;
    private static final int SHORTEST_MATCH = 6;

    /** What a thread gets at a time, and so its memory outside of the heap: half of what the level would take. */
    private static final int JOB_BYTES = 8 << 20;

    private static final int BUFFER = 1 << 16;

    private final OutputStream encrypted;
    private final OutputStream compressed;
    private final List<BackupPart> parts = new ArrayList<>();
    private final BackupHeader header;
    private final TarWriter tar;
    private final DumpFiles dump = new DumpFiles();

    /** @param recipients for whom it is encrypted */
    ArchiveWriter(OutputStream out, List<String> recipients, BackupHeader header) throws IOException {
        this.encrypted = new BufferedOutputStream(Age.encrypt(out, recipients), BUFFER);
        this.compressed = new BufferedOutputStream(
                new ZstdOutputStreamNoFinalizer(encrypted, LEVEL)
                        .setStrategy(LAZY)
                        .setMinMatch(SHORTEST_MATCH)
                        .setJobSize(JOB_BYTES)
                        .setWorkers(Runtime.getRuntime().availableProcessors())
                        .setChecksum(true),
                BUFFER);
        this.header = header;
        this.tar = new TarWriter(compressed, header.made().getEpochSecond());
    }

    /** @param description what is kept besides the database, under that name */
    void begin(String name, Object description) throws IOException {
        small(Format.HEADER, Format.write(header));
        small(name, Format.write(description));
    }

    /** A file as it is, before the dump begins. */
    BackupPart file(String name, Path file) throws IOException {
        Part part = new Part(name);
        try (InputStream in = Files.newInputStream(file)) {
            tar.file(name, part.of(in), Files.size(file));
        }
        BackupPart done = part.done();
        parts.add(done);
        return done;
    }

    private void small(String name, byte[] content) throws IOException {
        tar.file(name, content, content.length);
        parts.add(Part.of(name, content));
    }

    /** Takes the dump; need not be closed. */
    OutputStream dump() {
        return dump;
    }

    BackupManifest finish(String schemaVersion, Map<String, Long> rows) throws IOException {
        dump.cut();
        parts.add(dump.part.done());
        BackupManifest manifest = new BackupManifest(header, schemaVersion, rows, parts);
        byte[] content = Format.write(manifest);
        if (content.length > Format.LONGEST_FILE) {
            throw new IOException("The manifest is too large: the database has too many tables");
        }
        tar.file(Format.MANIFEST, content, content.length);
        tar.finish();
        return manifest;
    }

    /** Closes the stream, too. What was not finished is no backup, and nobody takes it for one. */
    @Override
    public void close() throws IOException {
        try (OutputStream closing = compressed) {
            // Why the last bytes could not be written is told here; closing then fails only for that.
            closing.flush();
        }
    }

    /** Cuts the dump into files. */
    private final class DumpFiles extends OutputStream {

        private final byte[] buffer = new byte[Format.DUMP_FILE];
        private final Part part = new Part(Format.DUMP);
        private int length;
        private int files;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int from = offset;
            int left = count;
            while (left > 0) {
                int fits = Math.min(left, buffer.length - length);
                System.arraycopy(bytes, from, buffer, length, fits);
                length += fits;
                from += fits;
                left -= fits;
                if (length == buffer.length) {
                    cut();
                }
            }
        }

        void cut() throws IOException {
            if (length > 0) {
                tar.file(Format.dumpFile(files++), buffer, length);
                part.add(buffer, 0, length);
                length = 0;
            }
        }
    }
}
