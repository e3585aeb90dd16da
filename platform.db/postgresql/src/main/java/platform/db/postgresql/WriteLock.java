package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import platform.db.api.DatabaseException;

/**
 * Closes databases against writing, and opens them again. A database may be closed for several causes at once, and is open
 * when none is left. Which are closed is kept on the server, as the membership of their owners in a role without rights for
 * each cause: a platform that was killed in between finds them again. Where the platform's login is the server's superuser
 * {@link TriggerLock} does it, which nobody else can get round; elsewhere {@link ReadOnlyDefault}, which an owner can.
 */
final class WriteLock {

    private static final String GROUP = "platform_closed_";
    private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String SUPERUSER = "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper";
    private static final String CLOSED = "SELECT d.datname FROM pg_database d"
            + " JOIN pg_auth_members m ON m.member = d.datdba JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname = ?"
            + " AND NOT m.admin_option";

    private final Sessions sessions;

    WriteLock(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Why a database is closed. */
    enum Cause {
        /** It is larger than its instance may have it. */
        QUOTA,
        /** The disk is full. */
        DISK;

        String group() {
            return GROUP + name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a database is closed; both may be repeated. */
    interface Guard {

        void close(String database, String reason);

        /** Whether nothing of the guard is left; the database is open in any case. */
        boolean open(String database);
    }

    /**
     * Closes a database: what would make it larger fails from now on with the SQLSTATE 53100 and the reason, except in sessions
     * of a superuser; reading, deleting and dropping go on. Its sessions are ended once. May be repeated, with another reason.
     *
     * @throws DatabaseException when it could not be closed, or not wholly; repeating it goes on with it
     */
    void close(String database, Cause cause, String reason) {
        String owner = sessions.owner(database);
        sessions.administer("note that '" + database + "' is closed", connection -> {
            if (Rows.first(connection, ROLE, row -> 1, cause.group()).isEmpty()) {
                Rows.execute(connection, "CREATE ROLE " + cause.group() + " NOLOGIN");
            }
            if (!closed(connection, cause).contains(database)) {
                Rows.execute(connection, "GRANT " + cause.group() + " TO " + Sql.identifier(owner));
            }
            return null;
        });
        guard().close(database, reason);
    }

    /**
     * Takes a cause away; opens the database when it was the last. May be repeated.
     *
     * @return whether all is done; if not, the database can be written to, but should be opened once more later
     */
    boolean open(String database, Cause cause) {
        Map<Cause, Set<String>> closed = closed();
        boolean last = closed.entrySet().stream()
                .noneMatch(it -> it.getKey() != cause && it.getValue().contains(database));
        if (last && !guard().open(database)) {
            return false;
        }
        if (closed.get(cause).contains(database)) {
            String owner = sessions.owner(database);
            sessions.administer("note that '" + database + "' is open", connection -> {
                Rows.execute(connection, "REVOKE " + cause.group() + " FROM " + Sql.identifier(owner));
                return null;
            });
        }
        return true;
    }

    /** The databases that are closed, by cause. */
    Map<Cause, Set<String>> closed() {
        return sessions.administer("list the closed databases", connection -> {
            Map<Cause, Set<String>> closed = new EnumMap<>(Cause.class);
            for (Cause cause : Cause.values()) {
                closed.put(cause, closed(connection, cause));
            }
            return closed;
        });
    }

    private static Set<String> closed(Connection connection, Cause cause) throws SQLException {
        List<String> names = Rows.list(connection, CLOSED, row -> row.getString(1), cause.group());
        return new HashSet<>(names);
    }

    private Guard guard() {
        boolean superuser = sessions.administer(
                "ask for its rights",
                connection -> Rows.first(connection, SUPERUSER, row -> true).isPresent());
        return superuser ? new TriggerLock(sessions) : new ReadOnlyDefault(sessions);
    }
}
