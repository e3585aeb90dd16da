package platform.core.manager;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.ProcessLimits;
import platform.core.child.AlarmMessage;
import platform.core.child.BrokenMessage;
import platform.core.child.ChildCommand;
import platform.core.child.ChildFailedException;
import platform.core.child.ChildFolder;
import platform.core.child.ChildLostException;
import platform.core.child.ChildProcess;
import platform.core.child.ConnectionMessage;
import platform.core.child.InstanceSetup;
import platform.core.child.LocalSocket;
import platform.core.child.LogMessage;
import platform.core.child.PlatformCalls;
import platform.core.child.RelayServlet;
import platform.core.child.Route;
import platform.core.child.ServiceSetup;
import platform.db.api.DatabaseAccess;

/** Runs a process as that of a service, without an app in it, and at the lowest priority, so that its JVM records an AOT cache. */
final class ChildRehearsal implements ChildCache.Recording, PlatformCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ChildRehearsal.class);
    private static final String NAME = "rehearsal";
    private static final String INSTANCE = "rehearsal@localhost";
    private static final String PATH = "/rehearsal";
    /** Below the data folder's {@code cache}; short, for the sockets in it. */
    private static final String[] FOLDER = {"cache", "rehearsal"};

    private static final Duration ASSEMBLING = Duration.ofMinutes(5);

    private final PlatformFolders folders;
    private final List<Path> classPath;
    private ChildProcess child;
    private boolean cancelled;

    ChildRehearsal(PlatformFolders folders, List<Path> classPath) {
        this.folders = folders;
        this.classPath = classPath;
    }

    @Override
    public void record(Path cache) throws IOException, InterruptedException {
        folders.delete(FOLDER);
        ChildFolder folder = new ChildFolder(folders.createPrivate(FOLDER));
        try {
            ChildProcess started = start(cache, folder.root());
            started.call(host ->
                    host.rehearse(new ServiceSetup(NAME, "", folder.root().toString(), NAME, "INFO", 60, 5, 60, 4)));
            started.call(host -> host.start(instance(folder.root())));
            ask(folder.requests());
            started.close(ASSEMBLING);
            if (!Files.exists(cache)) {
                throw new IOException("The JVM wrote no cache " + cache + ". " + started.lost());
            }
        } catch (ChildFailedException | ChildLostException e) {
            throw new IOException("The process that records it failed: " + e.getMessage(), e);
        } finally {
            cancel();
            folders.delete(FOLDER);
        }
    }

    private synchronized ChildProcess start(Path cache, Path root) throws IOException, InterruptedException {
        if (cancelled) {
            throw new IOException("The platform stops.");
        }
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(new ChildCommand(
                        0,
                        ProcessLimits.DEFAULT,
                        classPath,
                        root,
                        List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off,cds=off"))
                .words());
        child = ChildProcess.start(
                NAME,
                command,
                root,
                this,
                line -> LOG.debug("{}", line),
                how -> LOG.debug("The rehearsal ended: {}", how));
        return child;
    }

    private static InstanceSetup instance(Path folder) {
        DatabaseAccess nowhere = new DatabaseAccess("jdbc:postgresql://localhost:1/none", "none", "none", 1);
        return new InstanceSetup(INSTANCE, Map.of(), "none", null, 0, nowhere, PATH, folder.toString(), 1);
    }

    private static void ask(Path requests) throws IOException {
        try (LocalSocket socket = LocalSocket.connect(requests)) {
            String request = "GET " + PATH + "/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + RelayServlet.CLIENT + ": 127.0.0.1\r\n" + RelayServlet.SCHEME + ": http\r\n\r\n";
            socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            String answer = new String(socket.input().readAllBytes(), StandardCharsets.ISO_8859_1);
            LOG.debug("The rehearsal answers: {}", answer);
        }
    }

    /** Ends what still runs: the JVM, and the one that it starts to assemble the cache. */
    @Override
    public synchronized void cancel() {
        cancelled = true;
        if (child != null && child.lost() == null) {
            ProcessHandle.of(child.pid()).ifPresent(it -> it.descendants().forEach(ProcessHandle::destroyForcibly));
            child.kill();
        }
    }

    @Override
    public CompletableFuture<Void> register(Route route) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<DatabaseAccess> login(String instance) {
        return CompletableFuture.failedFuture(new IllegalStateException("A rehearsal has no database"));
    }

    @Override
    public CompletableFuture<Void> acquireConnection(String instance) {
        return CompletableFuture.failedFuture(new IllegalStateException("A rehearsal has no database"));
    }

    @Override
    public void nameConnection(ConnectionMessage connection) {
        // It has none.
    }

    @Override
    public void releaseConnection(ConnectionMessage connection) {
        // It has none.
    }

    @Override
    public void unregister(Route route) {
        // There is nobody to ask for it.
    }

    @Override
    public void alarm(AlarmMessage alarm) {
        // A rehearsal has none.
    }

    @Override
    public void log(LogMessage line) {
        LOG.debug("{}", line.text());
    }

    @Override
    public void broken(BrokenMessage broken) {
        LOG.debug("The rehearsal failed: {}", broken.error());
    }
}
