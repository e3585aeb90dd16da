package platform.core.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import platform.core.bench.server.ServerMain;

/** One of the servers that ours is compared with. */
final class ComparedServerProcess implements Server {

    private static final Duration START = Duration.ofSeconds(60);

    private final Child child;
    private final int plainPort;
    private final int tlsPort;

    /** @param deflate whether it agrees on compression when a client offers it */
    ComparedServerProcess(ServerKind kind, Jvm jvm, boolean deflate, Workspace workspace) {
        Path keystore = workspace.keystore();
        child = Child.start(
                kind.label(),
                command(jvm, kind, keystore, deflate),
                Map.of(ServerMain.PASSWORD, Workspace.PASSWORD),
                workspace.folder());
        try {
            String[] words = child.hear(START).split(" ");
            plainPort = Integer.parseInt(words[1]);
            tlsPort = Integer.parseInt(words[2]);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static List<String> command(Jvm jvm, ServerKind kind, Path keystore, boolean deflate) {
        List<String> command = new ArrayList<>(List.of(jvm.tool("java")));
        command.addAll(jvm.flags());
        command.addAll(
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(ServerMain.class.getName(), kind.label(), keystore.toString(), Boolean.toString(deflate)));
        return command;
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public URI echo(boolean tls) {
        return tls ? uri("wss", tlsPort, "/echo") : uri("ws", plainPort, "/echo");
    }

    @Override
    public URI broadcast() {
        return uri("ws", plainPort, "/broadcast");
    }

    @Override
    public URI file() {
        return uri("http", plainPort, "/kilobyte.txt");
    }

    private static URI uri(String scheme, int port, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        child.close();
    }
}
