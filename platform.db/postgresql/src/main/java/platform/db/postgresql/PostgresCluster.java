package platform.db.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * PostgreSQL's data folder, and the configuration beside it. The configuration is the platform's: it is written anew at
 * each start, where the server cannot change it. What an administrator sets with {@code ALTER SYSTEM} wins over it.
 */
final class PostgresCluster {

    static final String SUPERUSER = "postgres";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String PART = "initdb-";
    private static final long LEAST_WAL_MEGABYTES = 64;
    private static final long MOST_WAL_MEGABYTES = 1024;

    /** For many small databases of which few are busy, on a machine that has other work to do. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            // A dump holds a lock on each table; with the connections that makes 25,600.
            Map.entry("max_locks_per_transaction", "128"),
            Map.entry("password_encryption", "scram-sha-256"),
            // A start after a crash must not open every file of a thousand databases.
            Map.entry("recovery_init_sync_method", "syncfs"),
            Map.entry("autovacuum_naptime", "5min"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("lc_messages", "C"),
            // An app gets its errors itself; statements and values of its users do not belong into the server's log.
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_statement", "none"),
            Map.entry("log_checkpoints", "off"),
            // How large the log of a small disk may be is the platform's choice, not the administrator's.
            Map.entry("checkpoint_warning", "0"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] %u@%d "),
            // One file for each day of the week, begun anew.
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_rotation_size", "0"),
            // This one needs a restart, what WalSpool puts in the place of the command does not. Until then nothing is
            // kept.
            Map.entry("archive_mode", "on"),
            Map.entry("archive_command", "true"));

    private final PostgresFolders folders;
    private final Map<String, String> settings;
    private final PostgresVersions.Runnable binaries;
    private final String password;
    private final ServerUser user;

    private PostgresCluster(
            PostgresFolders folders, Map<String, String> settings, Optional<PostgresVersions.Runnable> chosen)
            throws IOException {
        this.folders = folders;
        this.settings = new TreeMap<>(DEFAULTS);
        this.settings.put("log_directory", folders.logs().toString());
        this.settings.put("hba_file", folders.authentication().toString());
        this.settings.putAll(settings);
        Folders.make(folders.home(), "rwx--x--x");
        limitLog();
        user = ServerUser.of(folders.cluster());
        user.own(Folders.make(folders.logs(), "rwx------"));
        binaries = chosen.orElseGet(() -> binaries(folders));
        password = SecretFile.readOrCreate(folders.secret());
    }

    /** The write-ahead log may take a twentieth of a small disk; the server's own limit is made for large ones. */
    private void limitLog() throws IOException {
        long share = Files.getFileStore(folders.home()).getTotalSpace() / 20 >> 20;
        long most = Math.max(LEAST_WAL_MEGABYTES, Math.min(share, MOST_WAL_MEGABYTES));
        settings.putIfAbsent("max_wal_size", most + "MB");
        settings.putIfAbsent("min_wal_size", LEAST_WAL_MEGABYTES + "MB");
    }

    /**
     * Makes what is missing: the binaries, the superuser's password, the cluster; and writes the configuration.
     *
     * @param settings what differs from the defaults
     */
    static PostgresCluster prepare(PostgresFolders folders, Map<String, String> settings) {
        return prepare(folders, settings, Optional.empty());
    }

    /**
     * @param binaries the version that is to run; without it that of the data folder or, where there is none yet, the
     *     platform's own
     */
    static PostgresCluster prepare(
            PostgresFolders folders, Map<String, String> settings, Optional<PostgresVersions.Runnable> binaries) {
        try {
            PostgresCluster cluster = new PostgresCluster(folders, settings, binaries);
            cluster.mustBeReachable();
            cluster.initialize();
            cluster.configure();
            return cluster;
        } catch (IOException e) {
            throw new DatabaseException(
                    "Cannot prepare the data folder of PostgreSQL in " + folders.home() + ": " + e, e);
        }
    }

    private static PostgresVersions.Runnable binaries(PostgresFolders folders) {
        PostgresVersions versions = new PostgresVersions(folders);
        try {
            return PostgresVersions.ofCluster(folders.cluster())
                    .map(versions::ofMajor)
                    .orElseGet(versions::bundled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mustBeReachable() {
        user.mustEnter(List.of(folders.home(), folders.logs(), binaries.home().resolve("bin")));
    }

    private void initialize() throws IOException {
        if (PostgresVersions.ofCluster(folders.cluster()).isPresent()) {
            return;
        }
        Folders.deleteLeftovers(folders.home(), PART);
        LOG.info("Making the data folder of PostgreSQL {}", folders.cluster());
        Path part = Files.createTempDirectory(folders.home(), PART);
        user.own(part);
        initdb(part);
        Files.move(part, folders.cluster(), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel home = FileChannel.open(folders.home(), StandardOpenOption.READ)) {
            home.force(true);
        }
    }

    private void initdb(Path part) throws IOException {
        Path secret = Files.createTempFile(folders.home(), PART, "");
        try {
            Files.writeString(secret, password);
            user.own(secret);
            Command.Result result = Command.run(user.command(initdb(part, secret)));
            if (!result.ok()) {
                throw new DatabaseException(
                        "Cannot make the data folder of PostgreSQL in " + part + "; initdb said: " + result.output());
            }
        } finally {
            Files.delete(secret);
        }
    }

    private List<String> initdb(Path part, Path secret) {
        List<String> command = new ArrayList<>(List.of(
                program("initdb"),
                "--pgdata=" + part,
                "--username=" + SUPERUSER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // It sorts the same everywhere and for ever: an upgrade of the C library breaks no index.
                "--locale=C.UTF-8",
                "--text-search-config=simple",
                "--data-checksums",
                "--no-instructions"));
        if ("off".equals(settings.get("fsync"))) {
            command.add("--no-sync");
        }
        return command;
    }

    private void configure() throws IOException {
        if ("on".equals(settings.get("ssl"))) {
            ServerCertificate certificate = new ServerCertificate(folders.home(), user);
            certificate.prepare();
            settings.put("ssl_cert_file", certificate.certificate().toString());
            settings.put("ssl_key_file", certificate.key().toString());
        }
        String configuration = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + escape(setting.getValue()) + "'\n")
                .collect(Collectors.joining());
        write(
                folders.configuration(),
                "# Written by the platform at each start; use ALTER SYSTEM.\n" + configuration
                        + ReadOnlyMode.prepare(folders));
        new AccessFile(folders).prepare(Instant.now());
    }

    static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The command of the server itself, as its user runs it. */
    List<String> server(int port) {
        return user.child(List.of(
                program("postgres"),
                "-D",
                folders.cluster().toString(),
                "-c",
                "config_file=" + folders.configuration(),
                "-p",
                Integer.toString(port)));
    }

    /** Sends a signal ({@code INT}, {@code QUIT}) to a process of the server. */
    void signal(String signal, long pid) {
        Command.Result result =
                Command.run(user.command(List.of(program("pg_ctl"), "kill", signal, Long.toString(pid))));
        if (!result.ok()) {
            LOG.debug("Signal {} to process {}: {}", signal, pid, result.output());
        }
    }

    /** Makes a standby a server of its own; does not wait for it. */
    void promote() {
        Command.Result result = Command.run(user.command(List.of(
                program("pg_ctl"),
                "promote",
                "--no-wait",
                "-D",
                folders.cluster().toString())));
        if (!result.ok()) {
            throw new DatabaseException(
                    "The standby in " + folders.cluster() + " does not become a server: " + result.output());
        }
    }

    /** The command of a server for one session, which is its input and output, and needs no login. */
    List<String> singleUser() {
        return user.command(List.of(
                program("postgres"),
                "--single",
                "-D",
                folders.cluster().toString(),
                "-c",
                "config_file=" + folders.configuration(),
                "postgres"));
    }

    private String program(String name) {
        return binaries.home().resolve("bin").resolve(name).toString();
    }

    /** The version that runs, such as {@code 15.19.0}. */
    PostgresVersions.Runnable binaries() {
        return binaries;
    }

    ServerUser user() {
        return user;
    }

    PostgresFolders folders() {
        return folders;
    }

    String password() {
        return password;
    }
}
