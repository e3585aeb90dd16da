package platform.core.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The AOT cache (JEP 514) of the processes of services. One serves them all: it holds the classes of the class path, which is the
 * same for each, and none of an app's. Made in the background when a process first lacks it, and never used by another JVM, for
 * other jars, or damaged.
 */
final class ChildCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildCache.class);
    private static final int FIRST_WITH_CACHE = 25;
    private static final String PREFIX = "process-";
    private static final String SUM = ".sum";
    private static final String FAILED = ".failed";
    private static final long NEEDED_SPACE = 300L << 20;

    private final PlatformFolders folders;
    private final List<Path> classPath;
    private final Executor executor;
    private final int javaVersion;
    private final Supplier<Recording> recordings;
    private Recording recording;
    private Path ready;
    private boolean closed;

    ChildCache(PlatformFolders folders, List<Path> classPath, Executor executor) {
        this(
                folders,
                classPath,
                executor,
                "off".equals(System.getenv("PLATFORM_AOT"))
                        ? 0
                        : Runtime.version().feature(),
                () -> new ChildRehearsal(folders, classPath));
    }

    /** @param javaVersion a cache is made from {@value #FIRST_WITH_CACHE} on */
    ChildCache(
            PlatformFolders folders,
            List<Path> classPath,
            Executor executor,
            int javaVersion,
            Supplier<Recording> recordings) {
        this.folders = folders;
        this.classPath = classPath;
        this.executor = executor;
        this.javaVersion = javaVersion;
        this.recordings = recordings;
    }

    /** Makes one cache. */
    interface Recording {

        /**
         * Returns when the cache is written: that takes from some seconds to a minute.
         *
         * @throws IOException when there is none in the end
         */
        void record(Path cache) throws IOException, InterruptedException;

        /** Ends it, whatever it is at. */
        void cancel();
    }

    /** What has a JVM use it; a cache that does not fit after all is passed over without a word. */
    static List<String> use(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off,cds=off");
    }

    /** The cache; empty while there is none. */
    synchronized Optional<Path> ready() {
        if (javaVersion < FIRST_WITH_CACHE) {
            return Optional.empty();
        }
        try {
            Path cache = folders.create("cache").resolve(PREFIX + key() + ".aot");
            if (!cache.equals(ready) && isSound(cache)) {
                ready = cache;
            }
            if (cache.equals(ready) && Files.exists(cache)) {
                return Optional.of(cache);
            }
            makeLater(cache);
        } catch (IOException e) {
            LOG.warn("The processes of services start without a cache of classes", e);
        }
        return Optional.empty();
    }

    /** Of all that must be the same. */
    private String key() throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.home")).append(Runtime.version());
        for (Path jar : classPath) {
            all.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static boolean isSound(Path cache) throws IOException {
        Path sum = beside(cache, SUM);
        return Files.exists(cache) && Files.exists(sum) && AppFile.hash(cache).equals(Files.readString(sum));
    }

    private static Path beside(Path cache, String suffix) {
        return cache.resolveSibling(cache.getFileName() + suffix);
    }

    private void makeLater(Path cache) throws IOException {
        boolean wanted = !closed && recording == null && !Files.exists(beside(cache, FAILED));
        if (wanted && Files.getFileStore(cache.getParent()).getUsableSpace() > NEEDED_SPACE) {
            Recording fresh = recordings.get();
            recording = fresh;
            executor.execute(() -> make(cache, fresh));
        }
    }

    private void make(Path cache, Recording run) {
        try {
            clean(cache.getParent());
            Path fresh = beside(cache, ".new");
            run.record(fresh);
            keep(fresh, cache);
            LOG.info("The processes of services have a cache of classes from their next start on: {}", cache);
        } catch (IOException e) {
            giveUp(cache, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    /** Those of other jars or JVMs, and what a killed platform left. */
    private static void clean(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(it -> it.getFileName().toString().startsWith(PREFIX))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** Everybody may read it, since each process has a user of its own: it holds nothing but classes. */
    private static void keep(Path fresh, Path cache) throws IOException {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(beside(cache, SUM), AppFile.hash(fresh));
        Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    /** It is not tried again for the same jars and JVM. */
    private synchronized void giveUp(Path cache, IOException why) {
        if (!closed) {
            LOG.warn("The processes of services start without a cache of classes: it could not be made", why);
            try {
                Files.writeString(beside(cache, FAILED), why + "\n");
            } catch (IOException e) {
                LOG.warn("That cannot be noted beside {}", cache, e);
            }
        }
    }

    private synchronized void ended() {
        recording = null;
    }

    /** Ends the making. */
    @Override
    public synchronized void close() {
        closed = true;
        if (recording != null) {
            recording.cancel();
        }
    }
}
