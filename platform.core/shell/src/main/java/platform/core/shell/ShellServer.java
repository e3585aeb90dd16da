package platform.core.shell;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the shell's clients on a local socket, each with a Gogo session of its own. */
@Component(
        service = {},
        immediate = true)
public final class ShellServer {

    private static final Logger log = LoggerFactory.getLogger(ShellServer.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ShellProcessor processor;
    private final Path data;
    private final ShellSocket socket;
    private final Set<ShellConnection> connections = ConcurrentHashMap.newKeySet();

    @Activate
    public ShellServer(BundleContext context, @Reference GogoCommands gogo) throws IOException {
        this(Path.of(Objects.requireNonNull(context.getProperty("platform.data"), "platform.data")), gogo.processor());
    }

    ShellServer(Path data, ShellProcessor processor) throws IOException {
        this.processor = processor;
        this.data = data;
        this.socket = ShellSocket.open(data);
        start(this::accept, "shell acceptor");
        log.info("The shell listens on {}.", socket.path());
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                serve(socket.accept());
            } catch (IOException e) {
                if (socket.isOpen()) {
                    log.warn("Cannot accept a shell client: {}", e.toString());
                }
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        ShellConnection connection = new ShellConnection(channel, processor, history(channel));
        connections.add(connection);
        start(
                () -> {
                    try {
                        connection.run();
                    } finally {
                        connections.remove(connection);
                    }
                },
                "shell reader");
    }

    /** A history for each user of the operating system: the platform's own and root. */
    private Path history(SocketChannel channel) throws IOException {
        String user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return data.resolve("shell").resolve("history-" + user.replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    /** Shells that wait end at once; commands, such as the one that shuts down, get a moment to finish. */
    @Deactivate
    void close() throws IOException {
        socket.close();
        connections.forEach(ShellConnection::endIfIdle);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (ShellConnection connection : connections) {
            connection.close(deadline);
        }
    }
}
