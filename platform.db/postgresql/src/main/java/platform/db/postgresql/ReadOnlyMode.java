package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DiskLevel;
import platform.db.api.DiskSpaceListener;
import platform.db.api.DiskStatus;

/**
 * Keeps the databases from writing while the disk is full: a server that cannot write its log any more stops at once, and
 * with it all that only wanted to read. Transactions are read-only then, those that have written already are ended; both
 * with each look, for a session can begin a transaction that may write nevertheless. Superusers, logins that an
 * administrator works by, and roles that have opted out ({@code ALTER ROLE … SET default_transaction_read_only = off}), the
 * manager's being one, go on.
 *
 * <p>To switch it on a file is renamed, which needs no room; the server's configuration includes it under its other name.
 */
final class ReadOnlyMode implements DiskSpaceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ReadOnlyMode.class);

    /** What an administrator deletes is written to the log first: that must not take the room before it is freed. */
    private static final String SETTINGS = """
            # The disk is full; the platform takes this back by itself.
            default_transaction_read_only = on
            max_wal_size = 32MB
            min_wal_size = 32MB
            checkpoint_completion_target = 0
            """;

    private static final String END_WRITERS = "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a"
            + " JOIN pg_roles r ON r.oid = a.usesysid WHERE a.backend_xid IS NOT NULL AND NOT r.rolsuper"
            + " AND NOT starts_with(r.rolname, '" + Sessions.PREFIX
            + "') AND NOT EXISTS (SELECT FROM pg_db_role_setting s"
            + " WHERE s.setrole = r.oid AND s.setdatabase = 0 AND 'default_transaction_read_only=off' = ANY (s.setconfig))";

    private final Sessions sessions;
    private final Path off;
    private final Path on;
    private final Executor executor;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean wanted;
    private boolean active;
    private boolean checkpointed;
    private boolean failing;

    /**
     * @param executor does the work, for nobody else may have to wait for a server that does not answer
     */
    ReadOnlyMode(Sessions sessions, PostgresFolders folders, Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
        off = folders.readOnlyOff();
        on = folders.readOnly();
    }

    /** Writes the file that is to be renamed; gives the line of the configuration that includes it then. */
    static String prepare(PostgresFolders folders) throws IOException {
        Folders.make(folders.settings(), "rwxr-xr-x");
        Files.deleteIfExists(folders.readOnly());
        PostgresCluster.write(folders.readOnlyOff(), SETTINGS);
        return "include_dir = '" + folders.settings().getFileName() + "'\n";
    }

    @Override
    public void looked(DiskStatus status) {
        wanted = status.level() == DiskLevel.FULL;
        if (busy.compareAndSet(false, true)) {
            executor.execute(this::work);
        }
    }

    private void work() {
        try {
            follow(wanted);
            failing = false;
        } catch (IOException | DatabaseException e) {
            complain(e);
        } finally {
            busy.set(false);
        }
    }

    private void follow(boolean full) throws IOException {
        if (full != active) {
            change(full);
        }
        if (full) {
            endWriters();
        }
        if (full && !checkpointed) {
            checkpoint();
        }
    }

    /** The server may be away for a moment, and the next look comes soon. */
    private void complain(Exception cause) {
        if (!failing) {
            LOG.warn("The databases do not know yet whether the disk is full: {}", cause.getMessage());
        }
        failing = true;
    }

    private void change(boolean full) throws IOException {
        Path target = full ? on : off;
        if (!Files.exists(target)) {
            Files.move(full ? off : on, target, StandardCopyOption.ATOMIC_MOVE);
        }
        sessions.administer("have the configuration read again", connection -> {
            Rows.execute(connection, "SELECT pg_reload_conf()");
            return null;
        });
        active = full;
        checkpointed = false;
        LOG.warn("The databases {}", full ? "take no writes: the disk is full" : "take writes again");
    }

    /** After a checkpoint the server needs no more of its write-ahead log than the least. */
    private void checkpoint() {
        sessions.administer("write a checkpoint", connection -> {
            Rows.execute(connection, "CHECKPOINT");
            return null;
        });
        checkpointed = true;
    }

    private void endWriters() {
        int ended = sessions.administer("end who writes", ReadOnlyMode::endWriters);
        if (ended > 0) {
            LOG.warn("The disk is full: ended {} sessions that wrote", ended);
        }
    }

    private static int endWriters(Connection connection) throws SQLException {
        List<Boolean> ended = Rows.list(connection, END_WRITERS, row -> row.getBoolean(1));
        return ended.size();
    }
}
