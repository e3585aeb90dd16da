package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/** One running postmaster: PostgreSQL's first process, a child of ours. */
final class Postmaster {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** Until it says that it is starting; how long it takes then depends on what it has to recover. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(8);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(1);

    private final PostgresCluster cluster;
    private final Process process;

    private Postmaster(PostgresCluster cluster, Process process) {
        this.cluster = cluster;
        this.process = process;
    }

    /**
     * Starts the process. It ends itself, with a fast shutdown, when the calling thread ends: that thread has to live as
     * long as the server is wanted, and a platform that is killed leaves no server behind.
     */
    static Postmaster launch(PostgresCluster cluster, int port) throws IOException {
        Process process = Command.builder(cluster.server(port))
                .redirectErrorStream(true)
                .redirectOutput(cluster.folders().startLog().toFile())
                .start();
        process.getOutputStream().close();
        return new Postmaster(cluster, process);
    }

    /**
     * Returns when the server accepts connections. It is not ended while it recovers, however long that takes: it would have to
     * begin anew.
     *
     * @throws DatabaseException when it ends instead, or does not even begin
     */
    void awaitReady() throws InterruptedException {
        long begin = System.nanoTime();
        Duration said = Duration.ZERO;
        while (!becomesReady(PAUSE)) {
            Duration since = Duration.ofNanos(System.nanoTime() - begin);
            if (state().isEmpty() && since.compareTo(START) > 0) {
                throw new DatabaseException("PostgreSQL does not answer since " + START.toSeconds()
                        + " s; see its log in " + cluster.folders().logs());
            }
            if (since.minus(said).compareTo(SAY_AGAIN) > 0) {
                said = since;
                LOG.info("PostgreSQL recovers what was not on disk when it was ended, since {} s", since.toSeconds());
            }
        }
    }

    /**
     * Whether the server accepts connections, now or after some patience.
     *
     * @throws DatabaseException when it ends instead
     */
    boolean becomesReady(Duration patience) throws InterruptedException {
        if (state().equals("ready")) {
            return true;
        }
        if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new DatabaseException("PostgreSQL ended while it started, with status " + process.exitValue()
                    + "; it said: " + lastWords());
        }
        return false;
    }

    /** The postmaster keeps its state in the eighth line of its pid file; asking by connecting would fill its log. */
    private String state() {
        List<String> lines = lines(cluster.folders().pidFile());
        return lines.size() > 7 && lines.get(0).strip().equals(Long.toString(pid()))
                ? lines.get(7).strip()
                : "";
    }

    /** Blocks until the process has ended, and been waited for: a zombie would keep the lock. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** The server's other processes. */
    Stream<ProcessHandle> children() {
        return process.children();
    }

    long pid() {
        return process.pid();
    }

    /** Ends all connections, writes everything to disk, and returns when the process is gone; never later than in 10 s. */
    void stop() {
        if (!process.isAlive()) {
            return;
        }
        cluster.signal("INT", pid());
        if (!ended(FAST_SHUTDOWN)) {
            LOG.warn(
                    "PostgreSQL does not stop within {} s; it will recover at its next start",
                    FAST_SHUTDOWN.toSeconds());
            cluster.signal("QUIT", pid());
            if (!ended(IMMEDIATE_SHUTDOWN)) {
                process.destroyForcibly();
            }
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** The reason, as far as the server has told anybody: to us, or to its log once it has one. */
    private String lastWords() {
        List<String> said = lines(cluster.folders().startLog());
        if (said.stream().noneMatch(line -> line.contains("logging collector"))) {
            return said.isEmpty() ? "nothing" : String.join(" ", said);
        }
        return newestLog().map(Postmaster::lines).orElse(said).stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                .reduce((first, second) -> second)
                .orElseGet(() -> said.get(0));
    }

    private Optional<Path> newestLog() {
        try (Stream<Path> logs = Files.list(cluster.folders().logs())) {
            return logs.max(Comparator.comparing(log -> log.toFile().lastModified()));
        } catch (IOException e) {
            LOG.debug("Cannot look for the server's log", e);
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            LOG.debug("Cannot read {}", file, e);
            return List.of();
        }
    }
}
