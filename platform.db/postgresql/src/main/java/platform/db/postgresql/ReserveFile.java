package platform.db.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.SplittableRandom;

/**
 * A file that only takes room, so that there is some to give up when there is none left. Its bytes are random: of zeros a
 * file system that compresses would store nothing. For one thread.
 */
final class ReserveFile {

    private static final int BLOCK = 1 << 20;

    private final Path path;
    private final SplittableRandom random = new SplittableRandom();

    ReserveFile(Path path) {
        this.path = path;
    }

    /** What it takes now; 0 when there is none. */
    long size() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** Brings it nearer to its whole size, by so much at most, and to the disk; one that is too large is cut. */
    void approach(long whole, long most) throws IOException {
        long size = size();
        if (size == whole) {
            return;
        }
        if (whole == 0) {
            release();
            return;
        }
        try (FileChannel file = open()) {
            file.truncate(whole);
            append(file, Math.min(most, whole - file.size()));
            file.force(false);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                path,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private void append(FileChannel file, long count) throws IOException {
        byte[] block = new byte[BLOCK];
        file.position(file.size());
        for (long left = count; left > 0; left -= BLOCK) {
            random.nextBytes(block);
            ByteBuffer bytes = ByteBuffer.wrap(block, 0, (int) Math.min(left, BLOCK));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /** Gives its room back. */
    void release() throws IOException {
        Files.deleteIfExists(path);
    }
}
