package platform.db.postgresql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/**
 * The logins for other machines: members of the role that owns the database, and of the role {@value #GROUP}, which has no
 * rights and marks them.
 */
final class AccessLogins {

    private static final String GROUP = "platform_external";
    private static final int LONGEST_NAME = 63;
    private static final String ALL = "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
            + " JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = '" + GROUP + "'";
    private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String MEMBER = "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
            + " JOIN pg_roles g ON g.oid = m.roleid WHERE r.rolname = ? AND g.rolname = ?";

    private final Sessions sessions;

    AccessLogins(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A new login. */
    record Made(String role, String password) {}

    Made make(String owner) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return sessions.administer("make a login for other machines", connection -> {
            connection.setAutoCommit(false);
            if (!exists(connection, GROUP)) {
                Rows.execute(connection, "CREATE ROLE " + GROUP + " NOLOGIN");
            }
            String role = free(connection, owner);
            Rows.execute(
                    connection,
                    "CREATE ROLE " + Sql.identifier(role) + " LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE"
                            + " NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 10 IN ROLE " + GROUP + " PASSWORD "
                            + Sql.text(PasswordUtil.encodeScramSha256(password.toCharArray())));
            belong(connection, role, owner);
            RoleLimits.copy(connection, owner, role);
            connection.commit();
            return new Made(role, password);
        });
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        return Rows.first(connection, ROLE, row -> 1, role).isPresent();
    }

    private static String free(Connection connection, String owner) throws SQLException {
        String readable = owner + "_ext";
        return readable.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME && !exists(connection, readable)
                ? readable
                : "ext_" + digest(owner);
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a login the rights of the owner, who may be another role by now. */
    static void belong(Connection connection, String role, String owner) throws SQLException {
        if (Rows.first(connection, MEMBER, row -> 1, role, owner).isEmpty()) {
            Rows.execute(connection, "GRANT " + Sql.identifier(owner) + " TO " + Sql.identifier(role));
            Rows.execute(connection, "ALTER ROLE " + Sql.identifier(role) + " SET role = " + Sql.text(owner));
        }
    }

    /** Removes the logins that are not needed any more and whose databases are gone. */
    void keepOnly(Set<String> roles) {
        sessions.administer("remove the logins of old entries", connection -> {
            List<String> all = Rows.list(connection, ALL, row -> row.getString(1));
            for (String role : all) {
                if (!roles.contains(role)) {
                    Rows.execute(connection, "DROP ROLE " + Sql.identifier(role));
                }
            }
            return null;
        });
    }
}
