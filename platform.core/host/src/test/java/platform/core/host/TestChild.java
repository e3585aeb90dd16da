package platform.core.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import platform.core.api.ProcessLimits;
import platform.core.child.AlarmMessage;
import platform.core.child.BrokenMessage;
import platform.core.child.ChildCommand;
import platform.core.child.ChildFolder;
import platform.core.child.ChildProcess;
import platform.core.child.ConnectionMessage;
import platform.core.child.InstanceSetup;
import platform.core.child.LogMessage;
import platform.core.child.PlatformCalls;
import platform.core.child.Route;
import platform.core.child.ServiceSetup;
import platform.db.api.DatabaseAccess;

/** A real process that runs app.hello, and a platform that writes down what it calls. */
final class TestChild implements PlatformCalls, AutoCloseable {

    static final String ID = "acme@example.com";

    final BlockingQueue<Route> routes = new LinkedBlockingQueue<>();
    final BlockingQueue<LogMessage> lines = new LinkedBlockingQueue<>();
    final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
    final BlockingQueue<String> acquired = new LinkedBlockingQueue<>();
    final BlockingQueue<ConnectionMessage> released = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> granted = new CompletableFuture<>();
    final ChildFolder folder;
    final ChildProcess process;

    TestChild(Path root) throws Exception {
        folder = new ChildFolder(root);
        Path temporary = Files.createDirectories(root.resolve("tmp"));
        Files.copy(jar("app.hello"), folder.bundle());
        List<String> command =
                new ChildCommand(0, new ProcessLimits(64, 1024, 192, 100), classPath(), temporary, List.of()).words();
        process = ChildProcess.start("hello", command, root, this, errors::add, lost::add);
    }

    void open() throws Exception {
        process.call(host -> host.open(service()));
    }

    ServiceSetup service() {
        return new ServiceSetup(
                "hello", folder.bundle().toString(), folder.root().toString(), "app.hello", "INFO", 60, 5, 60, 3);
    }

    void start() throws Exception {
        process.call(host -> host.start(setup(Map.of())));
    }

    InstanceSetup setup(Map<String, String> settings) {
        DatabaseAccess nowhere = new DatabaseAccess("jdbc:postgresql://localhost:1/none", "none", "none", 2);
        return new InstanceSetup(
                ID,
                settings,
                "pwd",
                null,
                0,
                nowhere,
                "/example.com/acme",
                folder.root().toString(),
                100);
    }

    /** The number under which a pattern was registered. */
    Route route(String pattern) {
        return routes.stream()
                .filter(it -> it.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    /** Surefire starts the JVM with a jar that only names the class path. */
    private static List<Path> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(Path::of)
                .filter(it -> !it.toString().contains("test-classes"))
                .toList();
    }

    private static Path jar(String name) throws IOException {
        return classPath().stream()
                .filter(it -> it.toString().contains(name.replace("app.", "app-bundles/"))
                        || it.toString().contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public CompletableFuture<Void> register(Route route) {
        routes.add(route);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<DatabaseAccess> login(String instance) {
        return CompletableFuture.failedFuture(new IllegalStateException("There is no database"));
    }

    @Override
    public CompletableFuture<Void> acquireConnection(String instance) {
        acquired.add(instance);
        return granted;
    }

    @Override
    public void nameConnection(ConnectionMessage connection) {
        throw new IllegalStateException("There is no database");
    }

    @Override
    public void releaseConnection(ConnectionMessage connection) {
        released.add(connection);
    }

    @Override
    public void unregister(Route route) {
        routes.removeIf(it -> it.number() == route.number());
    }

    @Override
    public void alarm(AlarmMessage alarm) {}

    @Override
    public void log(LogMessage line) {
        lines.add(line);
    }

    @Override
    public void broken(BrokenMessage broken) {}

    @Override
    public void close() {
        process.close();
    }
}
