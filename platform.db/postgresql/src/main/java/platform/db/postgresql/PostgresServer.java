package platform.db.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * The platform's private PostgreSQL: a child process on a loopback port of its own, made at the first start, restarted
 * when it dies. The port is chosen once for the life of this object, so that pools find the restarted server by
 * themselves; while it is away their connections are refused.
 *
 * <p>It needs no OSGi. One thread, {@code postgresql}, starts the process and waits for its end.
 */
final class PostgresServer implements Server, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration RESTART = Duration.ofMinutes(3);
    private static final int PORTS_TO_TRY = 3;
    private static final int PAUSED_MILLIS = 20;

    private final PostgresFolders folders;
    private final Map<String, String> settings;
    private volatile PostgresCluster cluster;

    /** Where other machines look for the server; 0 is any free port. */
    private final int fixedPort;

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final Thread supervisor = new Thread(this::supervise, "postgresql");
    private volatile int port;
    private volatile LoginSource superuser;
    private volatile Postmaster postmaster;
    private volatile boolean stopping;
    /** Whoever has it may start the server, or work on its folders. */
    private final Semaphore turn = new Semaphore(1);

    private volatile boolean paused;
    private volatile CompletableFuture<Void> ready = started;
    private Duration pause = SHORTEST_PAUSE;
    private String complaint = "";

    /**
     * Makes what is missing on disk; starts nothing.
     *
     * @param settings what differs from the defaults in {@link PostgresCluster}; {@code port} fixes the port
     * @throws DatabaseException when the folder cannot be used; the message says what to do
     */
    PostgresServer(PostgresFolders folders, Map<String, String> settings) {
        this(folders, settings, Optional.empty());
    }

    /**
     * @param binaries the version that is to run, where it is not the data folder that says so
     */
    PostgresServer(
            PostgresFolders folders, Map<String, String> settings, Optional<PostgresVersions.Runnable> binaries) {
        this.folders = folders;
        this.settings = settings;
        cluster = PostgresCluster.prepare(folders, settings, binaries);
        fixedPort = Integer.parseInt(settings.getOrDefault("port", "0"));
    }

    /**
     * Starts the server, after stopping one that a killed platform has left; returns when it accepts connections.
     *
     * @throws DatabaseException when it does not start
     */
    void start() {
        supervisor.setDaemon(true);
        supervisor.start();
        try {
            started.get();
        } catch (ExecutionException e) {
            throw new DatabaseException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new DatabaseException("The start of PostgreSQL was interrupted", e);
        }
    }

    /** Where the server listens on 127.0.0.1; stays the same while this object lives. */
    int port() {
        return port;
    }

    /** The pid of the postmaster of the moment. */
    long pid() {
        return postmaster.pid();
    }

    /** How the platform itself logs in; the administrator of our own server is its superuser. */
    LoginSource superuser() {
        return superuser;
    }

    @Override
    public String name() {
        return EMBEDDED;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.loopback(port);
    }

    @Override
    public LoginSource administrator() {
        return superuser;
    }

    @Override
    public Path secret() {
        return folders.secret();
    }

    @Override
    public Path work() {
        return folders.home().resolve("restore");
    }

    @Override
    public boolean isSuperuser() {
        return true;
    }

    @Override
    public int major() {
        return Integer.parseInt(cluster.binaries().major());
    }

    @Override
    public Optional<Integer> connections() {
        return Optional.empty();
    }

    PostgresFolders folders() {
        return folders;
    }

    Map<String, String> settings() {
        return settings;
    }

    PostgresCluster cluster() {
        return cluster;
    }

    /**
     * Stops the server, lets somebody work on its folders, and starts what is there then, at the same port. Returns when it
     * accepts connections, or throws what the work has thrown.
     *
     * @throws DatabaseException when it does not start again; it is tried further
     */
    <T> T whileStopped(Supplier<T> work) {
        pause();
        try {
            return work.get();
        } finally {
            resume();
        }
    }

    private void pause() {
        paused = true;
        try {
            while (!turn.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                Optional.ofNullable(postmaster).ifPresent(Postmaster::stop);
            }
            ready = new CompletableFuture<>();
        } catch (InterruptedException e) {
            paused = false;
            Thread.currentThread().interrupt();
            throw new DatabaseException("Stopping PostgreSQL was interrupted", e);
        }
    }

    private void resume() {
        try {
            cluster = PostgresCluster.prepare(folders, settings);
        } finally {
            paused = false;
            turn.release();
        }
        try {
            ready.get(RESTART.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new DatabaseException(
                    "PostgreSQL does not start again; its log in " + folders.logs() + " and the platform's say why", e);
        }
    }

    private void supervise() {
        try {
            int attempt = 1;
            while (!stopping && runOnce(attempt)) {
                attempt++;
            }
        } catch (InterruptedException e) {
            LOG.debug("Told to stop", e);
        } finally {
            started.completeExceptionally(new DatabaseException("PostgreSQL was stopped while it started"));
        }
    }

    /** Whether there is to be another time. */
    private boolean runOnce(int attempt) throws InterruptedException {
        long birth = System.nanoTime();
        turn.acquire();
        try {
            if (paused) {
                return true;
            }
            int status = runToEnd();
            if (!stopping && !paused) {
                LOG.error("PostgreSQL ended by itself with status {}; restarting it", status);
                restartSlower(System.nanoTime() - birth);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return !givesUp(e, attempt);
        } finally {
            turn.release();
            if (paused) {
                Thread.sleep(PAUSED_MILLIS);
            }
        }
    }

    private int runToEnd() throws IOException, InterruptedException {
        if (!started.isDone()) {
            port = fixedPort == 0 ? freePort() : fixedPort;
            superuser = new LoginSource(new Login(port, "postgres", PostgresCluster.SUPERUSER, cluster.password()));
        }
        new Leftover(cluster).clear();
        Postmaster running = Postmaster.launch(cluster, port);
        postmaster = running;
        if (stopping) {
            running.stop();
        }
        try {
            running.awaitReady();
            LOG.info(
                    "PostgreSQL {} listens on 127.0.0.1:{}, process {}",
                    cluster.binaries().version(),
                    port,
                    running.pid());
            complaint = "";
            started.complete(null);
            ready.complete(null);
            return running.waitFor();
        } finally {
            running.stop();
        }
    }

    /** The first start belongs to the caller; later ones are repeated for ever, for the data is here and nowhere else. */
    private boolean givesUp(Exception failure, int attempt) throws InterruptedException {
        if (started.isDone()) {
            complain(failure);
            restartSlower(0);
            return false;
        }
        if (attempt < PORTS_TO_TRY && !isFree(port)) {
            return false;
        }
        started.completeExceptionally(failure);
        return true;
    }

    /** Once for each reason, whatever times and processes it names: it is tried every second, perhaps for days. */
    private void complain(Exception failure) {
        String reason = String.valueOf(failure.getMessage()).replaceAll("\\d", "");
        if (!reason.equals(complaint)) {
            LOG.error("PostgreSQL does not start again; that is tried until it does: {}", failure.getMessage());
        }
        complaint = reason;
        LOG.debug("Why PostgreSQL does not start", failure);
    }

    private void restartSlower(long livedNanos) throws InterruptedException {
        if (livedNanos > LONGEST_PAUSE.toNanos()) {
            pause = SHORTEST_PAUSE;
        }
        Thread.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            LOG.debug("Port {} is taken", port, e);
            return false;
        }
    }

    /** Stops the server with a fast shutdown and waits for it: at most 10 s, then it is left to its recovery. */
    @Override
    public void close() {
        stopping = true;
        Postmaster running = postmaster;
        if (running != null) {
            running.stop();
        }
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
