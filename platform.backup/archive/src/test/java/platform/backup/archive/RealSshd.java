package platform.backup.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's server with its SFTP, with keys of its own; lets in whoever runs the tests, by key. */
final class RealSshd implements AutoCloseable {

    private static final String CONFIGURATION = """
            ListenAddress 127.0.0.1
            Port PORT
            HostKey @/host
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin prohibit-password
            AuthorizedKeysFile @/user.pub
            PasswordAuthentication yes
            Subsystem sftp internal-sftp
            """;

    private final RealServer server;
    private final Path folder;

    private RealSshd(RealServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static RealSshd start(Path folder) throws IOException, InterruptedException {
        if (System.getProperty("user.name").equals("root")) {
            // Where Debian's sshd gives up its rights; its service makes it.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        for (String name : List.of("host", "user", "other")) {
            run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-C",
                    name,
                    "-f",
                    folder.resolve(name).toString());
        }
        int port = RealServer.freePort();
        String configuration = CONFIGURATION.replace("@", folder.toString()).replace("PORT", Integer.toString(port));
        Path file = Files.writeString(folder.resolve("sshd_config"), configuration);
        RealServer server = RealServer.start(
                port, folder.resolve("log"), List.of("/usr/sbin/sshd", "-D", "-e", "-f", file.toString()));
        return new RealSshd(server, folder);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    String fingerprint() throws IOException, InterruptedException {
        return run("ssh-keygen", "-l", "-f", folder.resolve("host.pub").toString())
                .split(" ")[1];
    }

    /** A private key; {@code user} is let in, {@code other} is not. */
    String key(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    String address(Path path) {
        return "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + server.port() + path + "/";
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
