package platform.db.postgresql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.BaseBackup;
import platform.db.api.DatabaseException;
import platform.db.api.Dumps;
import platform.db.api.Recovery;
import platform.db.api.WalSegment;
import platform.db.api.WalSource;

/**
 * Recovers in the folder {@code recovery} beside the data folder, at a port that nobody knows. What runs first is a standby that gets
 * the log segment by segment, for it waits for the next one where a mere recovery would end; then it becomes a server of its own,
 * and its superuser gets a password that only this recovery has: the one of then may have been another.
 */
final class PostgresRecovery implements Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresRecovery.class);

    /** What the server keeps of the log, and the segments that wait for it, and then some. */
    private static final long LOG_BYTES = 512L << 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private final PostgresServer server;
    private final Path work;

    /** Removes what a killed platform has left. */
    PostgresRecovery(PostgresServer server) {
        this.server = server;
        work = server.folders().home().resolve("recovery");
        clear();
    }

    private PostgresFolders folders() {
        return new PostgresFolders(
                work, server.folders().cache(), work.resolve("log"), work.resolve("secret/superuser"));
    }

    private void clear() {
        try {
            Leftover.killAllIn(folders().cluster());
            Folders.delete(work);
        } catch (IOException e) {
            LOG.warn("What is left of a recovery in {} stays until the next start: {}", work, e.toString());
        }
    }

    @Override
    public long bytesNeeded(BaseBackup base) {
        return base.bytes() + base.bytes() / 10 + LOG_BYTES;
    }

    @Override
    public synchronized Recovered recover(
            InputStream base, Request request, WalSource wal, Consumer<WalSegment> progress) {
        if (Files.exists(work)) {
            throw new DatabaseException("Another recovery is under way: wait for its end");
        }
        boolean done = false;
        try {
            Recovered recovered = make(base, request, wal, progress);
            done = true;
            return recovered;
        } catch (IOException e) {
            throw new DatabaseException("The databases cannot be brought back: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("The recovery was cancelled, and nothing is left of it", e);
        } finally {
            if (!done) {
                clear();
            }
        }
    }

    private Recovered make(InputStream base, Request request, WalSource wal, Consumer<WalSegment> progress)
            throws IOException, InterruptedException {
        Folders.make(work, "rwx--x--x");
        unpack(base);
        Map<String, String> settings = settings();
        Optional<PostgresVersions.Runnable> binaries = Optional.of(binaries());
        settings.put("recovery_target_time", TIME.format(request.to()));
        boolean reached = new WalReplay(PostgresCluster.prepare(folders(), settings, binaries))
                .reachesTime(request, wal, progress);
        settings.remove("recovery_target_time");
        PostgresCluster cluster = PostgresCluster.prepare(folders(), settings, binaries);
        if (!reached) {
            // With a time PostgreSQL would take it for a failure that the log ends before.
            new WalReplay(cluster).endAfter(request.last());
        }
        LOG.info("The databases were brought back as they were at {}", request.to());
        setPassword(cluster);
        return serve(new PostgresServer(folders(), settings, binaries));
    }

    private void unpack(InputStream base) throws IOException {
        Path cluster = folders().cluster();
        ServerUser user = server.cluster().user();
        user.own(Folders.make(cluster, "rwx------"));
        TarArchiveInputStream tar = new TarArchiveInputStream(base);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = cluster.resolve(entry.getName()).normalize();
            if (!path.startsWith(cluster) || !(entry.isDirectory() || entry.isFile())) {
                throw new IOException(
                        "the base backup has something that is no part of a data folder: " + entry.getName());
            }
            user.own(entry.isDirectory() ? Folders.make(path, "rwx------") : file(tar, path));
        }
        user.own(Files.createFile(cluster.resolve("standby.signal")));
    }

    private static Path file(InputStream content, Path path) throws IOException {
        Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    /** The archive may be of the version before an upgrade. */
    private PostgresVersions.Runnable binaries() throws IOException {
        String major = PostgresVersions.ofCluster(folders().cluster())
                .orElseThrow(() -> new IOException("the base backup is not whole: it has no PG_VERSION"));
        PostgresVersions.Runnable running = server.cluster().binaries();
        return running.major().equals(major) ? running : new PostgresVersions(server.folders()).ofMajor(major);
    }

    /** Those of the platform's server, as far as they do not concern who may come in; and nothing of it has to last. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(server.settings());
        settings.keySet().removeAll(List.of("listen_addresses", "port", "ssl", "ssl_min_protocol_version"));
        settings.put("archive_mode", "off");
        settings.put("autovacuum", "off");
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("hot_standby", "off");
        settings.put("max_wal_size", "256MB");
        settings.put("checkpoint_timeout", "30s");
        // A former segment must not lie where the next one is to come.
        settings.put("wal_recycle", "off");
        settings.put("wal_retrieve_retry_interval", "50ms");
        settings.put("update_process_title", "on");
        settings.put("recovery_target_action", "promote");
        return settings;
    }

    /** In single-user mode nobody has to log in. */
    private static void setPassword(PostgresCluster cluster) {
        String statement = AdministratorPassword.statement(PostgresCluster.SUPERUSER, cluster.password()) + "\n";
        try (ToolProcess single = ToolProcess.start(Command.builder(cluster.singleUser()))) {
            single.readFrom(new ByteArrayInputStream(statement.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Recovered serve(PostgresServer recovered) {
        recovered.start();
        Dumps dumps = new PostgresDumps(new Sessions(recovered), ClientTools.of(recovered));
        return new Recovered() {
            @Override
            public Dumps dumps() {
                return dumps;
            }

            @Override
            public void close() {
                recovered.close();
                clear();
            }
        };
    }
}
