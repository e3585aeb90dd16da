package platform.backup.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFormatException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupPart;
import platform.backup.api.Backups;
import platform.backup.api.DamagedBackupException;

/**
 * Reads a backup, see {@link Format}. The dump's stream ends when all of the file was read and found to be whole, and not
 * before: who reads to its end has the manifest.
 */
final class ArchiveReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final InputStream plain;
    private final TarReader tar;
    private final List<BackupPart> parts = new ArrayList<>();
    private final BackupHeader header;
    private final Optional<KeptInstance> instance;
    private final Optional<KeptManager> manager;
    private final DumpFiles dump = new DumpFiles();
    private FileSink files = name -> OutputStream.nullOutputStream();
    private BackupManifest manifest;

    /** Takes the files that come before the dump: those of the manager, or an instance's app. */
    interface FileSink {

        /** @param name such as {@code etc/platform.backup.archive.cfg} */
        OutputStream begin(String name) throws IOException;
    }

    /**
     * Reads the beginning.
     *
     * @param identities the secret keys to try
     * @throws BackupException when it is no backup, one for others, of another form, or damaged
     */
    ArchiveReader(InputStream in, List<String> identities) throws IOException {
        InputStream decrypted = Age.decrypt(new BufferedInputStream(in, BUFFER), identities);
        try {
            this.plain = new BufferedInputStream(new ZstdInputStreamNoFinalizer(decrypted), BUFFER);
            this.tar = new TarReader(plain);
            byte[] begin = small(Format.HEADER);
            this.header = Format.read(begin, BackupHeader.class);
            checkVersion(header.format());
            boolean ofManager = header.instance().equals(Backups.MANAGER);
            this.instance = ofManager ? Optional.empty() : Optional.of(described(Format.INSTANCE, KeptInstance.class));
            this.manager = ofManager ? Optional.of(described(Format.MANAGER, KeptManager.class)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw Age.refusal(e);
        }
    }

    private static void checkVersion(int format) {
        if (format > Format.VERSION) {
            throw new BackupFormatException("The backup has the form " + format + ", and this platform reads up to "
                    + Format.VERSION + ": it was made by a newer one. Update this platform, then restore it");
        }
        if (format < Format.VERSION) {
            throw new BackupFormatException("The backup has the form " + format
                    + ", which no version of the platform reads" + " any more but that which made it");
        }
    }

    private <T> T described(String name, Class<T> type) throws IOException {
        return Format.read(small(name), type);
    }

    private byte[] small(String name) throws IOException {
        TarReader.Entry entry = tar.next().orElseThrow(() -> new IOException(name + " is missing"));
        if (!entry.name().equals(name)) {
            throw new IOException("there is " + entry.name() + " where " + name + " should be");
        }
        byte[] content = entry.content();
        parts.add(Part.of(name, content));
        return content;
    }

    BackupHeader header() {
        return header;
    }

    /** @throws BackupException when it is a backup of the manager */
    KeptInstance instance() {
        return instance.orElseThrow(() -> new BackupException("It is a backup of the manager: 'platform restore'"
                + " makes a platform of it, on an empty data folder"));
    }

    /** @throws BackupException when it is a backup of an instance */
    KeptManager manager() {
        return manager.orElseThrow(
                () -> new BackupException("It is a backup of " + header.instance() + ", not of the manager"));
    }

    /** Has the files that come before the dump written. */
    void unpackTo(FileSink sink) {
        files = sink;
    }

    /** Reads these files, and no more: after it the dump cannot be had. */
    List<BackupPart> readFiles() {
        dump.read();
        return List.copyOf(parts);
    }

    /** The dump. It throws {@link DamagedBackupException} where the file is not as it was written. */
    InputStream dump() {
        return dump;
    }

    /** Reads to the end, if that was not done, and gives what the backup says of itself. */
    BackupManifest finish() {
        byte[] buffer = new byte[BUFFER];
        while (manifest == null) {
            dump.read(buffer, 0, buffer.length);
        }
        return manifest;
    }

    private void unpack(TarReader.Entry entry) throws IOException {
        Part part = new Part(entry.name());
        try (OutputStream out = part.of(files.begin(entry.name()))) {
            entry.writeTo(out);
        }
        parts.add(part.done());
    }

    private void end(TarReader.Entry last) throws IOException {
        parts.add(dump.part.done());
        BackupManifest found = Format.read(last.content(), BackupManifest.class);
        if (!found.parts().equals(parts) || !found.header().equals(header)) {
            throw new IOException("its parts do not belong together");
        }
        if (tar.next().isPresent()) {
            throw new IOException("something follows its end");
        }
        manifest = found;
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    /** Puts the files of the dump together. */
    private final class DumpFiles extends InputStream {

        private final Part part = new Part(Format.DUMP);
        private TarReader.Entry file;
        /** Of the file. */
        private long left;

        private int files;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (count == 0) {
                return 0;
            }
            try {
                while (left == 0) {
                    if (manifest != null || !open()) {
                        return -1;
                    }
                }
                int read = file.read(bytes, offset, (int) Math.min(count, left));
                part.add(bytes, offset, read);
                left -= read;
                return read;
            } catch (IOException | RuntimeException e) {
                throw Age.refusal(e);
            }
        }

        /** Goes on to the next file, if there is one. */
        private boolean open() throws IOException {
            file = nextButFiles();
            if (file.name().equals(Format.MANIFEST)) {
                end(file);
                return false;
            }
            if (!file.name().equals(Format.dumpFile(files))) {
                throw new IOException("there is " + file.name() + " where " + Format.dumpFile(files) + " should be");
            }
            files++;
            left = file.bytes();
            return true;
        }

        private boolean isFile(String name) {
            return manager.isPresent() ? name.indexOf('/') >= 0 : name.equals(Format.app(header.app()));
        }

        private TarReader.Entry nextButFiles() throws IOException {
            while (true) {
                TarReader.Entry entry = tar.next().orElseThrow(() -> new IOException("its end is missing"));
                if (!isFile(entry.name())) {
                    return entry;
                }
                unpack(entry);
            }
        }
    }
}
