package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real SSH server on a free port of the loopback address, and OpenSSH's clients. */
final class SshFixture implements AutoCloseable {

    final FakeGogo gogo = new FakeGogo();
    final Path data;
    final SshShellServer server;
    private final Path folder;

    SshFixture(Path folder, SshConfig config) throws Exception {
        this.folder = folder;
        this.data = folder.resolve("data");
        for (String name : List.of("secrets", "logs/files", "dumps", "backups", "apps", "etc", "run")) {
            Files.createDirectories(data.resolve(name));
        }
        SshLogins logins = new SshLogins(
                () -> Optional.of(gogo.users), () -> Optional.of(gogo.users), () -> Optional.of(gogo.audit));
        server = new SshShellServer(data, gogo.processor, logins, new SftpAudit(() -> Optional.of(gogo.audit)), config);
        gogo.add("ssh", new SshCommands(server), "info");
        gogo.instances.with("acme@example.com", "files").with("beta@example.org", "hello");
        keygen("ed25519", "key");
        gogo.users.keys.add(fingerprint("key"));
    }

    int port() {
        return server.address().orElseThrow().getPort();
    }

    /** Makes a key pair, and returns the file of the private one. */
    Path keygen(String type, String name, String... options) throws Exception {
        Path file = folder.resolve(name);
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "x", "-f", file.toString()));
        command.addAll(List.of(options));
        run("", command);
        return file;
    }

    String fingerprint(String name) throws Exception {
        return run(
                        "",
                        List.of(
                                "ssh-keygen",
                                "-lf",
                                folder.resolve(name + ".pub").toString()))
                .out()
                .split(" ")[1];
    }

    /** Runs {@code ssh} as a user with the key that all users have. */
    Result ssh(String input, String user, String... arguments) throws Exception {
        List<String> command = client("ssh", "-p", String.valueOf(port()));
        command.addAll(List.of("-l", user, "127.0.0.1"));
        command.addAll(List.of(arguments));
        return run(input, command);
    }

    /** A client's command with what all of them need; those go before the rest. */
    List<String> client(String program, String... more) {
        List<String> command = new ArrayList<>(
                List.of(program, "-F", "none", "-i", folder.resolve("key").toString()));
        for (String option : List.of(
                "IdentitiesOnly=yes",
                "BatchMode=yes",
                "StrictHostKeyChecking=accept-new",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "ConnectTimeout=60")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of(more));
        return command;
    }

    /** What a program has come to. */
    record Result(int status, String out, String err) {}

    Result run(String input, List<String> command) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile(folder, "in", ""), input);
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectError(err.toFile())
                .start();
        String out;
        try (InputStream stream = process.getInputStream()) {
            out = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), out, Files.readString(err));
    }

    static SshConfig config(String port, int logins) {
        return new SshConfig() {
            @Override
            public String port() {
                return port;
            }

            @Override
            public String bind() {
                return "127.0.0.1";
            }

            @Override
            public int login_seconds() {
                return 30;
            }

            @Override
            public int idle_minutes() {
                return 60;
            }

            @Override
            public int sessions() {
                return 100;
            }

            @Override
            public int logins() {
                return logins;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return SshConfig.class;
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
        gogo.close();
    }
}
