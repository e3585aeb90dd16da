package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of this machine. What is being written has a hidden name, and gets its own when it is on the disk. */
final class FolderTarget implements Target {

    private static final String PART = ".part";

    /** Nobody writes that long; it was left by a platform that was killed. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    /** @param folder made with the first file if it is not there */
    FolderTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Kept> found = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted().toList()) {
                String name = folder.relativize(path).toString();
                if (name.startsWith(prefix) && !isPart(path) && Files.isRegularFile(path)) {
                    found.add(new Kept(
                            name,
                            Files.size(path),
                            Files.getLastModifiedTime(path).toInstant()));
                }
            }
        }
        return found;
    }

    private static boolean isPart(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") && name.contains(PART);
    }

    @Override
    public Upload begin(String name) throws IOException {
        Path file = resolve(name);
        mustHaveItsPlace();
        Files.createDirectories(file.getParent(), PRIVATE);
        clear(file.getParent());
        String hidden = "." + file.getFileName() + PART + Long.toUnsignedString(System.nanoTime(), 36);
        return new FolderUpload(file, file.resolveSibling(hidden));
    }

    /** A disk that is not mounted is noticed, not replaced by a folder. */
    private void mustHaveItsPlace() throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null && !Files.isDirectory(above)) {
            throw TargetException.lasting(
                    "There is no folder " + above + ". Make it, or mount the disk that belongs there.");
        }
    }

    private static void clear(Path folder) throws IOException {
        Instant since = Instant.now().minus(ABANDONED);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path part : files.filter(FolderTarget::isPart).toList()) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(since)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private Path resolve(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IOException("The name " + name + " leads out of the folder " + folder);
        }
        return file;
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(resolve(name));
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(resolve(name));
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** A file under its hidden name. */
    private static final class FolderUpload extends Upload {

        private final Path file;
        private final Path part;
        private final FileChannel channel;
        private final OutputStream out;

        FolderUpload(Path file, Path part) throws IOException {
            this.file = file;
            this.part = part;
            this.channel =
                    FileChannel.open(part, EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OWNERS);
            this.out = Channels.newOutputStream(channel);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        void complete() throws IOException {
            channel.force(true);
            channel.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
        }

        private static void sync(Path folder) throws IOException {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            try {
                Files.delete(part);
            } catch (NoSuchFileException e) {
                // It is complete.
                return;
            }
        }
    }
}
