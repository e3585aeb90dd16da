package platform.db.postgresql;

import java.net.URL;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.util.PasswordUtil;

/**
 * Makes and removes spare databases. Which databases are spare is known by the server alone: the empty ones belong to the role
 * {@value #OWNER}, which cannot log in, has no members, and owns nothing else; one that has had an app's scripts belongs to a
 * role of its own name, which cannot log in either. What a killed platform has left is found again by its successor. Nobody
 * can connect to a spare database.
 */
final class SpareMaker {

    /** Not the group of the instances' roles: a member of a database's owner may do with it what it likes. */
    static final String OWNER = "platform spares";

    private static final String PREFIX = "platform ready ";
    private static final String SPARES = " FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba AND r.rolname IN ('"
            + OWNER + "', d.datname)" + " WHERE starts_with(d.datname, '" + PREFIX + "')";
    private static final String READY =
            "SELECT d.datname AS name, coalesce(shobj_description(d.oid, 'pg_database'), '')"
                    + " AS note" + SPARES + " AND NOT d.datallowconn AND d.datconnlimit <> -2 AND NOT r.rolcanlogin"
                    + " AND (r.rolname = '" + OWNER
                    + "') = (shobj_description(d.oid, 'pg_database') IS NULL) ORDER BY d.oid";
    private static final String HALF_MADE = "SELECT d.datname" + SPARES
            + " AND (d.datallowconn OR d.datconnlimit = -2 OR r.rolcanlogin"
            + " OR (r.rolname = '" + OWNER + "') <> (shobj_description(d.oid, 'pg_database') IS NULL))"
            + " UNION SELECT rolname FROM pg_roles WHERE starts_with(rolname, '" + PREFIX + "')"
            + " AND NOT EXISTS (SELECT FROM pg_database WHERE datname = rolname)";

    /** So long may a statement of an app's scripts take; quotas have their own limit. */
    private static final String TIMEOUT = "15min";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 24;

    private final Server server;

    SpareMaker(Server server) {
        this.server = server;
    }

    /** The complete ones, oldest first. */
    List<Spare> ready(Connection connection) throws SQLException {
        return Rows.list(connection, READY, row -> new Spare(row.getString("name"), row.getString("note")));
    }

    /** Removes what was cut off. */
    void clear(Connection connection) throws SQLException {
        for (String name : Rows.list(connection, HALF_MADE, row -> row.getString(1))) {
            drop(connection, name);
        }
    }

    /** Whether a spare database can have had scripts: only a superuser hands the role over with all that it owns. */
    boolean canMigrate() {
        return server.isSuperuser();
    }

    /** Half made until nobody can connect any more. */
    void make(Connection connection, List<URL> migrations) throws SQLException {
        String name =
                PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        if (migrations.isEmpty()) {
            create(connection, name, OWNER);
            // The first connection to a database prepares its catalogs' caches on disk, for all that follow.
            server.administrator().connectTo(name).close();
        } else {
            migrate(connection, name, migrations);
        }
        Rows.execute(connection, "ALTER DATABASE " + Sql.identifier(name) + " ALLOW_CONNECTIONS false");
    }

    /** Where the administrator may: PostgreSQL 15 has a role for it, but who knows who is a member. */
    void flush(Connection connection) throws SQLException {
        if (server.isSuperuser()) {
            Rows.execute(connection, "CHECKPOINT");
        }
    }

    private static void create(Connection connection, String name, String owner) throws SQLException {
        String database = Sql.identifier(name);
        Rows.execute(
                connection,
                "CREATE DATABASE " + database + " OWNER " + Sql.identifier(owner)
                        + " TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false");
        Rows.execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        Rows.execute(connection, "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    /** Its own role runs the scripts, by a password that is forgotten at once. */
    private void migrate(Connection connection, String name, List<URL> migrations) throws SQLException {
        String role = Sql.identifier(name);
        String password = password();
        String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
        Rows.execute(connection, "CREATE ROLE " + role + " LOGIN PASSWORD " + Sql.text(verifier));
        try {
            Rows.execute(connection, "ALTER ROLE " + role + " SET statement_timeout = '" + TIMEOUT + "'");
            create(connection, name, name);
            Login login = new Login(server.endpoint(), name, name, password);
            Migrations.apply(name, login.dataSource(), login.dataSource(), migrations, none -> {});
            Rows.execute(connection, "ALTER ROLE " + role + " NOLOGIN PASSWORD NULL");
        } catch (SQLException | RuntimeException e) {
            drop(connection, name);
            throw e;
        }
    }

    private static String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** With its role, if it has one. */
    void drop(Connection connection, String name) throws SQLException {
        Rows.execute(connection, "DROP DATABASE IF EXISTS " + Sql.identifier(name) + " WITH (FORCE)");
        Rows.execute(connection, "DROP ROLE IF EXISTS " + Sql.identifier(name));
    }
}
