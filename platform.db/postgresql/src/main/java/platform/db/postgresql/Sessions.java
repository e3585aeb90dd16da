package platform.db.postgresql;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Connections for work on the databases. What comes from outside the platform, be it an administrator's SQL or the
 * expressions of an app's indexes, never runs in a superuser's session, not even in one that has put its rights down: it
 * could take them up again. It runs by a login of its own, a member of the role that owns the database, which is made for
 * the one session, has its role from its first moment on, and is gone afterwards.
 */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String NO_DATABASE = "3D000";
    private static final String MOST_MEMORY = "32M";

    /** One at a time; the next may come before the server has noticed that the one before is gone. */
    private static final int MOST_AT_ONCE = 2;

    /** With what the names of the logins begin. */
    static final String PREFIX = "platform session ";

    private static final String PRISTINE = Stream.of(
                    "role=none",
                    "search_path=pg_catalog,pg_temp",
                    "default_transaction_read_only=off",
                    "standard_conforming_strings=on",
                    "statement_timeout=0",
                    "lock_timeout=0",
                    "idle_in_transaction_session_timeout=0",
                    "idle_session_timeout=0")
            .map(setting -> "-c " + setting)
            .collect(Collectors.joining(" "));
    private static final String OURS =
            "SELECT d.datname, r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
                    + " JOIN pg_auth_members m ON m.member = r.oid AND NOT m.admin_option"
                    + " JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = 'platform' WHERE d.datname = ?";
    private static final String END_ALL = "SELECT pg_terminate_backend(a.pid, 2000) FROM pg_stat_activity a"
            + " JOIN pg_roles r ON r.oid = a.usesysid WHERE a.datname = ? AND NOT r.rolsuper"
            + " AND r.rolname <> current_user";
    private static final String LEFTOVERS = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, '" + PREFIX
            + "') AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = rolname)";

    private final Server server;
    private final SecureRandom random = new SecureRandom();

    Sessions(Server server) {
        this.server = server;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** A connection that belongs to the owner of a database. */
    record Owned(Connection connection, String owner) {}

    /** What is done with such a connection. */
    interface OwnedWork<T> {
        T on(Owned session) throws SQLException;
    }

    Server server() {
        return server;
    }

    /** Works as the administrator, in a database where nobody can have put anything in its way. */
    <T> T administer(String what, Work<T> work) {
        return administrator("postgres", what, work);
    }

    /**
     * Looks into a database as the administrator: only at the server's own catalogs, whatever the database has set, and never
     * for long.
     */
    <T> T look(String database, String what, Work<T> work) {
        owner(database);
        return administrator(database, what, connection -> {
            Rows.execute(connection, "SET statement_timeout = '60s'");
            Rows.execute(connection, "SET lock_timeout = '5s'");
            return work.on(connection);
        });
    }

    /**
     * Enters a database as the administrator to change something in it. Nothing that its owner has set for it holds there; what
     * the owner has made there, functions above all, must not be used by the work.
     */
    <T> T enter(String database, String what, Work<T> work) {
        owner(database);
        return administrator(database, what, work);
    }

    private <T> T administrator(String database, String what, Work<T> work) {
        try (Connection connection = server.administrator().connectTo(database, PRISTINE)) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException("Cannot " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * The role that owns a database of the platform's.
     *
     * @throws DatabaseException when there is no such database
     */
    String owner(String database) {
        return administer(
                        "look for the database '" + database + "'",
                        connection -> Rows.first(connection, OURS, row -> row.getString(2), database))
                .orElseThrow(() -> new DatabaseException("There is no database '" + database + "' of the platform's"));
    }

    /**
     * Works with the rights of the database's owner, by a login for this once.
     *
     * @param settings what the session begins with
     * @throws DatabaseException when the session cannot be had; what the work throws as SQLException is left to
     *     the caller
     */
    <T> T asOwner(String database, Map<String, String> settings, OwnedWork<T> work) throws SQLException {
        String owner = owner(database);
        return withLogin(database, owner, settings, login -> {
            try (Connection connection = bounded(login).getConnection()) {
                return work.on(new Owned(connection, owner));
            }
        });
    }

    /** What is done with a login that is made for it. */
    interface LoginWork<T> {
        T with(Login login) throws SQLException;
    }

    /** The same, for those who do not connect by JDBC. */
    <T> T withLogin(String database, String owner, Map<String, String> settings, LoginWork<T> work)
            throws SQLException {
        String name = PREFIX + HexFormat.of().formatHex(bytes(8));
        String password = Base64.getEncoder().encodeToString(bytes(24));
        try {
            administer("make a login for '" + database + "'", connection -> {
                make(connection, name, owner, password, settings);
                return null;
            });
            return work.with(new Login(server.endpoint(), database, name, password));
        } finally {
            remove(database, name, owner);
        }
    }

    /** What does not fit into the platform's memory must not be let in. */
    private static DataSource bounded(Login login) throws SQLException {
        DataSource source = login.dataSource();
        source.unwrap(PGSimpleDataSource.class).setMaxResultBuffer(MOST_MEMORY);
        return source;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** All at once: no login is left without its restrictions. */
    private void make(Connection connection, String name, String owner, String password, Map<String, String> settings)
            throws SQLException {
        connection.setAutoCommit(false);
        String login = Sql.identifier(name);
        Rows.execute(
                connection,
                "CREATE ROLE " + login + " LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE"
                        + " NOREPLICATION NOBYPASSRLS IN ROLE " + Sql.identifier(owner)
                        + " CONNECTION LIMIT " + MOST_AT_ONCE + " PASSWORD "
                        + Sql.text(PasswordUtil.encodeScramSha256(password.toCharArray())) + server.roleMembers());
        // What the session makes belongs to the owner.
        Rows.execute(connection, "ALTER ROLE " + login + " SET role = " + Sql.text(owner));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            Rows.execute(
                    connection,
                    "ALTER ROLE " + login + " SET " + setting.getKey() + " = " + Sql.text(setting.getValue()));
        }
        connection.commit();
    }

    /** Ends the sessions in a database, but those of superusers, and waits for their end. */
    void endAll(String database) {
        administer(
                "end the sessions in '" + database + "'",
                connection -> Rows.list(connection, END_ALL, row -> row.getBoolean(1), database));
    }

    /** Ends and removes a login. What it owns, because it had put the owner's role down, becomes the owner's. */
    void remove(String database, String name, String owner) {
        try {
            String login = Sql.identifier(name);
            administrator(database, "remove the login '" + name + "'", connection -> {
                connection.setAutoCommit(false);
                Rows.list(
                        connection,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?",
                        row -> true,
                        name);
                if (Rows.first(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", row -> 1, name)
                        .isPresent()) {
                    Rows.execute(connection, "REASSIGN OWNED BY " + login + " TO " + Sql.identifier(owner));
                    Rows.execute(connection, "DROP OWNED BY " + login);
                    Rows.execute(connection, "DROP ROLE " + login);
                }
                connection.commit();
                return null;
            });
        } catch (DatabaseException e) {
            if (e.getCause() instanceof SQLException sql && NO_DATABASE.equals(sql.getSQLState())) {
                // It was dropped meanwhile, with all that the login could own.
                administer("remove the login '" + name + "'", connection -> {
                    clear(connection, name);
                    return null;
                });
            } else {
                LOG.warn("A login that is not needed any more stays until the next start: {}", e.getMessage());
            }
        }
    }

    /** Removes the logins that a killed platform has left. */
    void clear() {
        administer("remove old logins", connection -> {
            List<String> leftovers = Rows.list(connection, LEFTOVERS, row -> row.getString(1));
            for (String leftover : leftovers) {
                clear(connection, leftover);
            }
            return null;
        });
    }

    private static void clear(Connection connection, String leftover) {
        try {
            Rows.execute(connection, "DROP ROLE " + Sql.identifier(leftover));
        } catch (SQLException e) {
            LOG.warn("The old login '{}' cannot be removed: {}", leftover, e.getMessage());
        }
    }
}
