package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * What a platform or a postmaster that was killed has left behind in the cluster's folder. A postmaster that still runs
 * is stopped cleanly, so that there are never two; a {@code postmaster.pid} whose process is gone, or is somebody else's
 * by now, must not bar the next start.
 */
final class Leftover {

    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Linux never gives this number to a process. */
    private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

    private final PostgresCluster cluster;
    private final Path folder;
    private final Path pidFile;

    Leftover(PostgresCluster cluster) throws IOException {
        this.cluster = cluster;
        folder = cluster.folders().cluster().toRealPath();
        pidFile = cluster.folders().pidFile();
    }

    /** Ends every process that works in the cluster's folder. Returns when another postmaster may start there. */
    void clear() throws IOException, InterruptedException {
        Optional<ProcessHandle> named = named();
        if (named.isPresent() && isPostmaster(named.get())) {
            stop(named.get());
        }
        // Without their postmaster these can do nothing that counts, but their shared memory would bar the next one.
        // One
        // that has just begun, and is in no file yet, has done nothing so far, and would be in the way a moment later.
        ProcessHandle.allProcesses()
                .filter(process -> worksHere(process) || isPostmaster(process))
                .forEach(ProcessHandle::destroyForcibly);
        named().ifPresent(this::disown);
    }

    /** Ends the servers of a folder whose data nobody wants any more. */
    static void killAllIn(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            Path real = folder.toRealPath();
            ProcessHandle.allProcesses()
                    .filter(process -> worksIn(real, process))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Optional<ProcessHandle> named() throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        return Files.readAllLines(pidFile).stream()
                .limit(1)
                .map(String::strip)
                .filter(pid -> pid.matches("[0-9]{1,10}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .findFirst();
    }

    /** Also one that is about to be: what starts it has its words. Every user may read a command line; a zombie's is empty. */
    private boolean isPostmaster(ProcessHandle process) {
        try {
            List<String> words =
                    Arrays.asList(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                            .split("\0"));
            int data = words.indexOf("-D");
            return data > 0
                    && words.stream().limit(data).anyMatch(word -> word.endsWith("/postgres"))
                    && data + 1 < words.size()
                    && Path.of(words.get(data + 1)).toRealPath().equals(folder);
        } catch (IOException e) {
            LOG.trace("Process {} cannot be ours", process.pid(), e);
            return false;
        }
    }

    private void stop(ProcessHandle postmaster) throws InterruptedException {
        LOG.warn("Stopping the PostgreSQL that an earlier run has left behind, process {}", postmaster.pid());
        cluster.signal("INT", postmaster.pid());
        if (!ends(postmaster, PATIENCE)) {
            cluster.signal("QUIT", postmaster.pid());
            if (!ends(postmaster, PATIENCE)) {
                throw new DatabaseException("An earlier PostgreSQL in " + folder + " (process " + postmaster.pid()
                        + ") does not stop: end it, then start the platform again");
            }
        }
    }

    /** A zombie has ended, though nobody has waited for it yet. */
    private boolean ends(ProcessHandle postmaster, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (postmaster.isAlive() && isPostmaster(postmaster)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            awaitBriefly(postmaster);
        }
        return true;
    }

    private static void awaitBriefly(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.trace("Process {} still runs", process.pid(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean worksHere(ProcessHandle process) {
        return worksIn(folder, process);
    }

    private static boolean worksIn(Path folder, ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(proc.resolve("cwd")).equals(folder)
                    && Files.readSymbolicLink(proc.resolve("exe"))
                            .getFileName()
                            .toString()
                            .startsWith("postgres");
        } catch (IOException e) {
            LOG.trace("Process {} is not ours to look at", process.pid(), e);
            return false;
        }
    }

    /**
     * PostgreSQL takes a living process of that number for a postmaster, be it a zombie or a stranger who got the number
     * after a restart of the machine. The file must stay: it also leads to the shared memory, which PostgreSQL checks.
     */
    private void disown(ProcessHandle stranger) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
            lines.set(0, NOBODY);
            Files.write(pidFile, lines);
            LOG.info("{} names process {}, which is no PostgreSQL: ignoring it", pidFile, stranger.pid());
        } catch (IOException e) {
            throw new DatabaseException("Cannot correct the stale " + pidFile + ": " + e, e);
        }
    }
}
