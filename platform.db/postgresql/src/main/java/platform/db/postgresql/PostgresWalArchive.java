package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.BaseBackup;
import platform.db.api.DatabaseException;
import platform.db.api.WalArchive;
import platform.db.api.WalCut;
import platform.db.api.WalSegment;

/** Continuous archiving of our server. */
final class PostgresWalArchive implements WalArchive {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWalArchive.class);

    /** The server starts its archiver anew when the module changes, and not more often than every ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 1000;

    /** A transaction takes its time a moment before it is in the log. */
    private static final String NOW = "SELECT clock_timestamp() - interval '1 s', pg_current_snapshot()::text";

    private static final String SWITCH = "SELECT pg_walfile_name(pg_switch_wal())";
    private static final String FIRST = "SELECT pg_walfile_name(pg_current_wal_insert_lsn())";
    private static final String SIZE = "SELECT sum(pg_database_size(oid)) FROM pg_database";
    private static final String PROBLEM = "SELECT 'the segment ' || last_failed_wal || ' cannot be archived since '"
            + " || last_failed_time || '; the server''s log says why' FROM pg_stat_archiver"
            + " WHERE last_failed_time > coalesce(last_archived_time, '-infinity')";

    private final PostgresServer server;
    private final Sessions sessions;
    private final ClientTools tools;
    private final WalSpool spool;

    /** The snapshot that the last cut began with: as long as it is the same nobody has committed anything. */
    private String snapshot = "";

    private WalSegment last;

    PostgresWalArchive(PostgresServer server, Sessions sessions) {
        this.server = server;
        this.sessions = sessions;
        this.tools = ClientTools.of(server);
        this.spool = new WalSpool(server.folders());
    }

    @Override
    public synchronized WalSegment begin() {
        try {
            onDisk("switched on", () -> spool.on(server.cluster().user()));
            reload();
            WalSegment proof = firstToCome();
            remove(proof);
            LOG.info("The write-ahead log is archived from {} on", proof.next());
            return proof.next();
        } catch (RuntimeException e) {
            end();
            throw e;
        }
    }

    /** Which segment is the first one depends on when the server's archiver hears of it. */
    private WalSegment firstToCome() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (complete().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new DatabaseException("The write-ahead log is not archived: the server has put no segment into "
                        + server.folders().home().resolve("archive") + " within " + PATIENCE.toSeconds()
                        + " s" + problem().map(it -> ", " + it).orElse("; its log may say why"));
            }
            switchSegment();
            pause();
        }
        List<WalSegment> come = complete();
        return come.get(come.size() - 1);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Switching the archiving on was cancelled", e);
        }
    }

    private void switchSegment() {
        sessions.administer("complete a segment of the write-ahead log", connection -> {
            Rows.list(connection, "SELECT pg_current_xact_id()", row -> row.getString(1));
            return Rows.first(connection, SWITCH, row -> row.getString(1));
        });
    }

    private void reload() {
        sessions.administer("have the configuration read again", connection -> {
            Rows.execute(connection, "SELECT pg_reload_conf()");
            return null;
        });
    }

    @Override
    public synchronized void end() {
        boolean was = isOn();
        onDisk("switched off", spool::off);
        if (was) {
            reload();
            LOG.info("The write-ahead log is not archived any more");
        }
        onDisk("cleared", spool::clear);
    }

    @Override
    public boolean isOn() {
        return spool.isOn();
    }

    @Override
    public Optional<String> problem() {
        return ask(PROBLEM);
    }

    @Override
    public String system() {
        return ask("SELECT system_identifier::text FROM pg_control_system()").orElseThrow();
    }

    private Optional<String> ask(String sql) {
        return sessions.administer(
                "look after the archive", connection -> Rows.first(connection, sql, row -> row.getString(1)));
    }

    @Override
    public List<WalSegment> complete() {
        try {
            return spool.segments();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public InputStream open(WalSegment segment) throws IOException {
        return spool.open(segment);
    }

    @Override
    public void remove(WalSegment segment) {
        onDisk("cleared", () -> spool.remove(segment));
    }

    /** A time, and what was committed then. */
    private record Moment(Instant time, String snapshot) {}

    @Override
    public synchronized WalCut cut() {
        return sessions.administer("complete a segment of the write-ahead log", this::cut);
    }

    private WalCut cut(Connection connection) throws SQLException {
        Moment moment = Rows.first(
                        connection, NOW, row -> new Moment(row.getTimestamp(1).toInstant(), row.getString(2)))
                .orElseThrow();
        if (last == null || !moment.snapshot().equals(snapshot)) {
            last = segment(connection, SWITCH);
            snapshot = moment.snapshot();
        }
        return new WalCut(moment.time(), last);
    }

    /** A base backup needs the log until its end, though nobody has committed anything. */
    private synchronized void forgetLastCut() {
        last = null;
    }

    private static WalSegment segment(Connection connection, String sql) throws SQLException {
        return Rows.first(connection, sql, row -> new WalSegment(row.getString(1)))
                .orElseThrow();
    }

    @Override
    public BaseBackup base(OutputStream out) throws IOException {
        String tool = tools.find("pg_basebackup");
        WalSegment first = sessions.administer("begin a base backup", connection -> segment(connection, FIRST));
        try (ToolProcess copy = ToolProcess.start(command(tool))) {
            copy.writeTo(out);
        }
        forgetLastCut();
        return sessions.administer(
                "end a base backup",
                connection -> new BaseBackup(
                        first,
                        Rows.first(
                                        connection,
                                        "SELECT clock_timestamp()",
                                        row -> row.getTimestamp(1).toInstant())
                                .orElseThrow(),
                        Rows.first(connection, SIZE, row -> row.getLong(1)).orElseThrow()));
    }

    private ProcessBuilder command(String tool) throws IOException {
        ProcessBuilder builder = Command.builder(List.of(
                tool,
                "--pgdata=-",
                "--format=tar",
                "--wal-method=none",
                "--checkpoint=fast",
                "--no-estimate-size",
                "--no-password",
                "--username=" + PostgresCluster.SUPERUSER,
                "--dbname=host=127.0.0.1 port=" + server.port() + " sslmode=disable gssencmode=disable"));
        // The password may have been changed since the server started.
        builder.environment().put("PGPASSWORD", SecretFile.readOrCreate(server.secret()));
        return builder;
    }

    /** What is done with the files. */
    private interface FileWork {
        void run() throws IOException;
    }

    private static void onDisk(String what, FileWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private static DatabaseException failed(String what, IOException cause) {
        return new DatabaseException("The archive of the write-ahead log cannot be " + what + ": " + cause, cause);
    }
}
