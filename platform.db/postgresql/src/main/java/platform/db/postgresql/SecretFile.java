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
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
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
