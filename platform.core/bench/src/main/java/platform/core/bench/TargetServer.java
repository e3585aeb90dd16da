package platform.core.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of this machine that backups are sent to, and that can be killed. */
final class TargetServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final String name;
    private final Setup setup;
    private final Path folder;
    private Child child;

    /**
     * How it is run, and used.
     *
     * @param port where it listens
     * @param command what runs it
     * @param address as {@code backup:target add} takes it
     * @param options what that takes besides
     * @param secret what that asks for; empty when it does not
     */
    record Setup(int port, List<String> command, String address, List<String> options, String secret) {}

    /** @param folder for what it complains of */
    TargetServer(String name, Setup setup, Path folder) {
        this.name = name;
        this.setup = setup;
        this.folder = folder;
        start();
    }

    /** A port that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** What it is called, also as a target of the platform's. */
    String name() {
        return name;
    }

    void start() {
        child = Child.start(name, setup.command(), Map.of(), folder);
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline) {
                throw new BenchException(name + " does not answer; see " + folder + ".");
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), setup.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes it a target of a platform. */
    void addTo(ShellCaller shell) {
        List<String> words = new ArrayList<>(List.of("backup:target", "add", name, setup.address()));
        words.addAll(setup.options());
        shell.answering(setup.secret(), words.toArray(String[]::new));
    }

    /** Kills it and the processes that it has started for its connections. */
    void kill() {
        child.killAll();
    }

    @Override
    public void close() {
        child.close();
    }
}
