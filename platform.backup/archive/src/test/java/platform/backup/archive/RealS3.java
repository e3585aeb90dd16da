package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** s3proxy, a server that speaks S3 and keeps it in a folder. It checks signatures and checksums. */
final class RealS3 implements AutoCloseable {

    static final String SECRET = "geheim";

    private static final String CONFIGURATION = """
            s3proxy.endpoint=http://127.0.0.1:PORT
            s3proxy.authorization=aws-v4
            s3proxy.identity=KEY
            s3proxy.credential=geheim
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=@/data
            jclouds.identity=none
            jclouds.credential=none
            """;

    private final RealServer server;

    private RealS3(RealServer server) {
        this.server = server;
    }

    static RealS3 start(Path folder) throws IOException, InterruptedException {
        // A bucket is a folder.
        Files.createDirectories(folder.resolve("data/backups"));
        int port = RealServer.freePort();
        Path file = Files.writeString(
                folder.resolve("s3proxy.conf"),
                CONFIGURATION.replace("PORT", Integer.toString(port)).replace("@", folder.toString()));
        return new RealS3(RealServer.start(
                port,
                folder.resolve("log"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", "s3-server", "s3proxy.jar")
                                .toAbsolutePath()
                                .toString(),
                        "--properties",
                        file.toString())));
    }

    /** By way of a port, the server's own or that of a proxy. */
    static String address(String prefix, int port) {
        return "s3://KEY@backups/" + prefix + "?endpoint=http://127.0.0.1:" + port;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
