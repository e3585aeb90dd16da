package platform.db.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the sessions of a role that nobody here knows, after its password has changed: whoever has logged in with the former one is out. The platform's own
 * finish what they are at, and so do those of the instances' processes. Who begins after the change has the new password.
 */
final class OtherSessions {

    private static final String END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?"
            + " AND backend_type = 'client backend' AND pid <> ALL (?) AND backend_start < ?::timestamptz";
    private static final String NOW = "SELECT clock_timestamp()::text";

    /** A process that is just logging in has so long to say which session is its own. */
    private static final Duration NAMING = Duration.ofSeconds(1);

    private final Connection connection;
    private final String role;
    private final String changed;

    private OtherSessions(Connection connection, String role, String changed) {
        this.connection = connection;
        this.role = role;
        this.changed = changed;
    }

    /**
     * Ends them.
     *
     * @param connection the administrator's
     * @param own makes the platform's own sessions of the role
     * @param processes make theirs
     */
    static void end(Connection connection, String role, List<LoginSource> own, List<RemoteShare> processes)
            throws SQLException {
        new OtherSessions(connection, role, now(connection)).end(own, backends(processes));
    }

    private static String now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<Integer> backends(List<RemoteShare> processes) throws SQLException {
        List<Integer> backends = new ArrayList<>();
        try {
            for (RemoteShare process : processes) {
                backends.addAll(process.backends(NAMING));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for the sessions of a process", "57014", e);
        }
        return backends;
    }

    /** No source makes another one while its sessions are counted, and until the others are ended. */
    private void end(List<LoginSource> left, List<Integer> known) throws SQLException {
        if (!left.isEmpty()) {
            left.get(0).withBackends(backends -> {
                known.addAll(backends);
                end(left.subList(1, left.size()), known);
            });
            return;
        }
        try (PreparedStatement end = connection.prepareStatement(END)) {
            end.setString(1, role);
            end.setArray(2, connection.createArrayOf("int4", known.toArray()));
            end.setString(3, changed);
            end.executeQuery();
        }
    }
}
