package platform.core.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A temporary folder for data, keys and what processes complain of; it is gone afterwards. */
final class Workspace implements AutoCloseable {

    /** Of a certificate that exists for an hour and that nobody trusts. */
    static final String PASSWORD = "benchmark";

    private final Path folder;
    private final Path keystore;

    Workspace() {
        try {
            folder = Files.createTempDirectory("platform-bench");
            // PostgreSQL, which runs as another user, must come through to its own data.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new BenchException("A temporary folder cannot be made: " + e.getMessage(), e);
        }
        keystore = folder.resolve("keys.p12");
        AtExit.register(this);
    }

    Path folder() {
        return folder;
    }

    /** A self-signed certificate of the kind that the platform makes for itself; made at the first call. */
    Path keystore() {
        if (!Files.exists(keystore)) {
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            List<String> command = List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "bench",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-sigalg",
                    "SHA256withECDSA",
                    "-dname",
                    "CN=localhost",
                    "-validity",
                    "30",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keystore.toString(),
                    "-storepass:env",
                    "KEYSTORE_PASSWORD");
            Tool.run(command, Map.of("KEYSTORE_PASSWORD", PASSWORD));
        }
        return keystore;
    }

    /** Removes it, once: when this JVM is told to end, two threads come here. */
    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deleting());
            AtExit.unregister(this);
        } catch (IOException e) {
            throw new BenchException("The folder " + folder + " cannot be removed: " + e, e);
        }
    }

    /** Of what PostgreSQL, which may still be ending, removes by itself nothing is missed. */
    private static final class Deleting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
