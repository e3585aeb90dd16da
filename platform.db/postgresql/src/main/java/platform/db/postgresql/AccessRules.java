package platform.db.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import platform.db.api.AccessEntry;
import platform.db.api.DatabaseException;
import platform.db.postgresql.AccessFile.Kept;

/**
 * Puts entries into the server's access file and has the server take them over. It checks a new file before it reads it:
 * with one mistake in it, it would refuse to start the next time.
 */
final class AccessRules {

    private static final Duration RELOAD = Duration.ofSeconds(5);
    private static final String MISTAKE =
            "SELECT 'line ' || line_number || ': ' || error FROM pg_hba_file_rules WHERE error IS NOT NULL";
    private static final String RULE = "SELECT 1 FROM pg_hba_file_rules WHERE type = 'hostssl' AND auth_method ="
            + " 'scram-sha-256' AND database = ARRAY[?::text] AND user_name = ARRAY[?::text]";
    private static final String LOADED = "SELECT extract(epoch FROM pg_conf_load_time())::text";

    private final Sessions sessions;
    private final AccessFile file;

    AccessRules(Sessions sessions, AccessFile file) {
        this.sessions = sessions;
        this.file = file;
    }

    /** The entries that are remembered. */
    List<Kept> read() {
        try {
            return file.read();
        } catch (IOException e) {
            throw new DatabaseException("Cannot read who may log in from other machines: " + e, e);
        }
    }

    /**
     * Replaces the entries; returns when they hold for new connections.
     *
     * @param added what must be among the server's rules afterwards; null when nothing was added
     * @throws DatabaseException when the server refuses them; then the former ones stay
     */
    void put(List<Kept> entries, AccessEntry added) {
        try {
            file.write(entries);
            try {
                sessions.administer("check the server's access file", connection -> {
                    check(connection, added);
                    return null;
                });
            } catch (RuntimeException e) {
                file.restore();
                throw e;
            }
            file.remember(entries);
            sessions.administer("have the server read its access file", connection -> {
                reload(connection);
                return null;
            });
        } catch (IOException e) {
            throw new DatabaseException("Cannot write who may log in from other machines: " + e, e);
        }
    }

    private static void check(Connection connection, AccessEntry added) throws SQLException {
        Optional<String> mistake = Rows.first(connection, MISTAKE, row -> row.getString(1));
        if (mistake.isPresent()) {
            throw new DatabaseException("PostgreSQL refuses the entry (" + mistake.get() + "); it is gone again");
        }
        if (added != null
                && Rows.first(connection, RULE, row -> 1, added.database(), added.role())
                        .isEmpty()) {
            throw new DatabaseException("PostgreSQL does not find the entry in its access file; it is gone again");
        }
    }

    /** Returns when new connections are judged by the new file. */
    private void reload(Connection connection) throws SQLException {
        String before = loaded();
        Rows.execute(connection, "SELECT pg_reload_conf()");
        long deadline = System.nanoTime() + RELOAD.toNanos();
        while (loaded().equals(before)) {
            if (System.nanoTime() - deadline > 0) {
                throw new DatabaseException("PostgreSQL does not read its access file anew; see its log");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** In a new session: only those know when the file was read last. */
    private String loaded() {
        return sessions.administer(
                "ask when the configuration was read",
                connection ->
                        Rows.first(connection, LOADED, row -> row.getString(1)).orElseThrow());
    }
}
