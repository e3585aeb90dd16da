package platform.db.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL that somebody else runs, over TCP and TLS, with a login that may create roles and databases and is no
 * superuser.
 */
final class ForeignPostgres implements AutoCloseable {

    static final String ADMINISTRATOR = "platform admin";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin");

    private final Path bin;
    private final Path folder;
    private final ServerUser user;
    private final int port;
    private Process process;

    private ForeignPostgres(Path bin) throws IOException {
        if (!Files.isExecutable(bin.resolve("initdb"))) {
            throw new AssertionError("There is no PostgreSQL in " + bin + ": apt-get install postgresql-15");
        }
        this.bin = bin;
        folder = TestPostgres.newFolder();
        user = ServerUser.of(folder);
        user.own(folder);
        port = PostgresServer.freePort();
        makeCluster();
        start();
        try (Connection connection = superuser("postgres")) {
            Rows.execute(
                    connection,
                    "CREATE ROLE \"" + ADMINISTRATOR + "\" LOGIN CREATEROLE CREATEDB PASSWORD 'admin''s secret'");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** This machine's own version. */
    static ForeignPostgres ofThisMachine() {
        return of(DEBIAN);
    }

    static ForeignPostgres of(Path bin) {
        try {
            return new ForeignPostgres(bin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeCluster() throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, "dba");
        user.own(password);
        Command.Result made = Command.run(user.command(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + folder.resolve("data"),
                "--username=dba",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync")));
        if (!made.ok()) {
            throw new IOException(made.output());
        }
        new ServerCertificate(folder, user).prepare();
    }

    /** Also after it was stopped. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "ssl=on",
                "ssl_cert_file=" + certificate(),
                "ssl_key_file=" + folder.resolve("server.key"))) {
            command.addAll(List.of("-c", setting));
        }
        process = Command.builder(user.child(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Eventually.holdsWithin(Duration.ofMinutes(1), "PostgreSQL answers", this::answers);
        } catch (Exception e) {
            throw new IOException(Files.readString(folder.resolve("log")), e);
        }
    }

    private boolean answers() {
        try {
            superuser("postgres").close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** What only its own administrator can do. */
    Connection superuser(String database) throws SQLException {
        return new Login(port, database, "dba", "dba").dataSource().getConnection();
    }

    int port() {
        return port;
    }

    Path certificate() {
        return folder.resolve("server.crt");
    }

    ServerSettings settings(String name, Tls tls) {
        return new ServerSettings(name, new Endpoint("127.0.0.1", port, tls), ADMINISTRATOR, Optional.empty());
    }

    /** Where the password of the platform's login is kept. */
    Path secret() {
        Path secret = folder.resolve("secret");
        try {
            if (!Files.exists(secret)) {
                SecretFile.write(secret, "admin's secret\n");
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ExternalServer login(ServerSettings settings) {
        return new ExternalServer(settings, secret(), secret().resolveSibling("work"));
    }

    static ServedServer serve(Server server) {
        return new ServedServer(server, Set::of, () -> Long.MAX_VALUE);
    }

    /** All that the platform does with it. */
    ServedServer served() {
        ExternalServer server = login(settings("foreign", Tls.NONE));
        server.look();
        return serve(server);
    }

    void stop() {
        Command.run(List.of("kill", "-INT", Long.toString(process.pid())));
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stop();
        TestPostgres.delete(folder);
    }
}
