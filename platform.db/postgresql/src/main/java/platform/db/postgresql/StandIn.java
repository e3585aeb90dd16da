package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import platform.db.api.DatabaseException;

/**
 * Stands for the role that a dump was made of while it is restored for another one. Owners and privileges are left out then,
 * but the policies of row security name roles. They are handed over to the new owner afterwards, so that nothing depends on the
 * former role, which may be another instance's, or is made for this once where the server has none of the name.
 */
final class StandIn implements AutoCloseable {

    /** Policies for a role, with all their roles; that of everybody has the number 0. */
    private static final String POLICIES = "SELECT n.nspname, c.relname, p.polname,"
            + " (SELECT string_agg(CASE WHEN r.oid IS NULL THEN 'PUBLIC' WHEN r.rolname = ? THEN pg_catalog.quote_ident(?)"
            + " ELSE pg_catalog.quote_ident(r.rolname) END, ', ') FROM unnest(p.polroles) AS role(oid)"
            + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = role.oid) AS roles"
            + " FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ?) = ANY (p.polroles)";

    private final Sessions sessions;
    private final String role;
    private final String owner;
    private final boolean made;

    private StandIn(Sessions sessions, String role, String owner, boolean made) {
        this.sessions = sessions;
        this.role = role;
        this.owner = owner;
        this.made = made;
    }

    static StandIn of(Sessions sessions, String role, String owner) {
        boolean made = !role.equals(owner)
                && sessions.administer("look for the role '" + role + "'", connection -> {
                    if (Rows.first(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", row -> 1, role)
                            .isPresent()) {
                        return false;
                    }
                    // One of the platform's: were it left by a crash, an instance of that name could still be made.
                    Rows.execute(connection, "CREATE ROLE " + Sql.identifier(role) + " NOLOGIN IN ROLE platform");
                    return true;
                });
        return new StandIn(sessions, role, owner, made);
    }

    /** Makes the new owner's what was the former one's. */
    void handOver(ToolLogin login) {
        if (role.equals(owner)) {
            return;
        }
        try (Connection connection = login.connect()) {
            List<String> changes = Rows.list(
                    connection,
                    POLICIES,
                    row -> "ALTER POLICY " + Sql.identifier(row.getString(3)) + " ON "
                            + Sql.identifier(row.getString(1)) + "." + Sql.identifier(row.getString(2)) + " TO "
                            + row.getString(4),
                    role,
                    owner,
                    role);
            for (String change : changes) {
                Rows.execute(connection, change);
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "Cannot hand the policies of the role '" + role + "' over to '" + owner + "': " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        if (made) {
            sessions.administer("remove the role '" + role + "'", connection -> {
                Rows.execute(connection, "DROP ROLE " + Sql.identifier(role));
                return null;
            });
        }
    }
}
