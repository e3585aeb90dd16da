package platform.core.bench.server;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code ServerMain NAME KEYSTORE DEFLATE}: runs one of the compared servers until standard input ends, which it also
 * does when whoever started it is no more. The password of the keystore is in the environment.
 */
public final class ServerMain {

    /** The variable that holds the password. */
    public static final String PASSWORD = "KEYSTORE_PASSWORD";

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings =
                new Settings(Path.of(arguments[1]), System.getenv(PASSWORD), Boolean.parseBoolean(arguments[2]));
        try (ComparedServer server = start(arguments[0], settings)) {
            System.out.println("ready " + server.plainPort() + " " + server.tlsPort());
            awaitEndOfInput();
        }
        // A library's thread that is no daemon must not keep the process.
        System.exit(0);
    }

    private static ComparedServer start(String name, Settings settings) throws Exception {
        return switch (name) {
            case "jetty-api" -> new JettyServer(settings, new JettySessions());
            case "jetty-core" -> new JettyServer(settings, new JettyFrames());
            case "jetty-files" -> new JettyServer(settings, new JettyFiles());
            case "netty" -> new NettyServer(settings);
            case "undertow" -> new UndertowServer(settings);
            default -> throw new IllegalArgumentException("There is no server '" + name + "'.");
        };
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is said to a server; only the end of its input matters.
            continue;
        }
    }
}
