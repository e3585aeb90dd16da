package platform.db.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** A generated password in a file that only the platform's user reads. */
final class SecretFile {

    private static final int BYTES = 24;

    private SecretFile() {}

    /** Reads the password; makes one, and it is on disk before this returns, when there is no file. */
    static String readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            Folders.make(file.getParent(), "rwx------");
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.deleteIfExists(part);
            write(part, generate());
            move(part, file);
        }
        return Files.readString(file).strip();
    }

    /** The password that is to take the place of the one in the file; absent when no change has begun. */
    static Optional<String> next(Path file) throws IOException {
        return Files.exists(beside(file)) ? Optional.of(readOrCreate(beside(file))) : Optional.empty();
    }

    /** Begins a change, or goes on with one: the password that is to come is on disk, beside the one that it follows. */
    static String noteNext(Path file) throws IOException {
        return readOrCreate(beside(file));
    }

    /** Ends a change. */
    static void keepNext(Path file) throws IOException {
        move(beside(file), file);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    /** In one step, and on disk before this returns. */
    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static String generate() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Writes a file that nobody else could ever read, not even while it was empty. */
    static void write(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }
}
