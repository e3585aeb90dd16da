package platform.db.postgresql;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import platform.db.api.DatabaseException;

/** The PostgreSQL that travels in this bundle ({@code initdb}, {@code pg_ctl} and {@code postgres}, zonky's build). */
final class PostgresBinaries {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /** The version of the binaries; the first number is PostgreSQL's major version. */
    static String version() {
        try (InputStream version = resource("version")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new DatabaseException("Cannot read the version of PostgreSQL in the bundle", e);
        }
    }

    /**
     * Unpacks the binaries unless they are there. A folder of the final name is complete, whoever made it: it is filled
     * under another name and renamed.
     *
     * @param cache where to put them; a user without rights must be able to enter it
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path cache) {
        Path home = cache.resolve("pgsql-" + version());
        if (Files.isDirectory(home)) {
            return home;
        }
        LOG.info("Unpacking PostgreSQL {} to {}", version(), home);
        try {
            unpackAndRename(cache, home);
            return home;
        } catch (IOException e) {
            throw new DatabaseException("Cannot unpack PostgreSQL to " + home + ": " + e, e);
        }
    }

    private static void unpackAndRename(Path cache, Path home) throws IOException {
        Folders.make(cache, "rwx--x--x");
        Path part = Folders.make(Files.createTempDirectory(cache, "unpack-" + home.getFileName()), "rwxr-xr-x");
        try {
            untar(resource(archive()), part);
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folders.delete(part);
            // Another process that was faster is as good.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    /** Unpacks an archive of zonky's. */
    static void untar(InputStream archive, Path target) throws IOException {
        try (InputStream packed = archive;
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, target);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive reaches outside of its folder: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (!entry.isDirectory()) {
            write(tar, path);
        }
        if (!Files.isSymbolicLink(path)) {
            boolean runnable = entry.isDirectory() || (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(runnable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void write(InputStream from, Path path) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path))) {
            from.transferTo(file);
        }
    }

    /** The name of the archive for this machine. */
    static String archive() {
        String machine = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        return switch (machine) {
            case "Linux/amd64" -> "postgres-linux-x86_64.txz";
            case "Linux/aarch64" -> "postgres-linux-arm_64.txz";
            default ->
                throw new DatabaseException("The bundle has no PostgreSQL for this machine (" + machine
                        + "); run the platform on Linux on x86-64 or on 64-bit ARM");
        };
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = PostgresBinaries.class.getResourceAsStream("/pgsql/" + name);
        if (resource == null) {
            throw new IOException("The bundle lacks pgsql/" + name);
        }
        return resource;
    }
}
