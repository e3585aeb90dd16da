package platform.db.postgresql;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.util.PasswordUtil;

/**
 * A login for PostgreSQL's tools on one database, a member of the role that owns it, made for one piece of work and gone after it.
 */
final class ToolLogin implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sessions sessions;
    private final String owner;
    private final Login login;

    private ToolLogin(Sessions sessions, String owner, Login login) {
        this.sessions = sessions;
        this.owner = owner;
        this.login = login;
    }

    /**
     * One that reads all that the owner can read, also the rows that a table's security hides from its owner: a dump without
     * them would be none. It changes nothing.
     */
    static ToolLogin reader(Sessions sessions, String database) {
        // Only a superuser may give that; without it a table that hides rows from its owner, too, cannot be dumped.
        String attribute = sessions.server().isSuperuser() ? "BYPASSRLS" : "NOBYPASSRLS";
        return make(sessions, database, attribute, List.of("default_transaction_read_only = on"));
    }

    /** One that writes; what it makes belongs to the owner. */
    static ToolLogin writer(Sessions sessions, String database) {
        String owner = sessions.owner(database);
        return make(
                sessions,
                database,
                "NOBYPASSRLS",
                List.of("role = " + Sql.text(owner), "synchronous_commit = off", "maintenance_work_mem = '128MB'"));
    }

    /** One that changes what the owner can change, and sees the rows that a table's security hides from its owner. */
    static ToolLogin editor(Sessions sessions, String database) {
        return make(sessions, database, "BYPASSRLS", List.of("lock_timeout = '60s'"));
    }

    /** An editor for whom no trigger works, as for a replica: what it writes has been checked where it was written first. */
    static ToolLogin replica(Sessions sessions, String database) {
        return make(
                sessions, database, "BYPASSRLS", List.of("lock_timeout = '60s'", "session_replication_role = replica"));
    }

    private static ToolLogin make(Sessions sessions, String database, String attribute, List<String> settings) {
        String owner = sessions.owner(database);
        String name = Sessions.PREFIX + random(8);
        String password = random(24);
        ToolLogin login =
                new ToolLogin(sessions, owner, new Login(sessions.server().endpoint(), database, name, password));
        try {
            sessions.administer("make a login for '" + database + "'", connection -> {
                create(connection, login, attribute + sessions.server().roleMembers(), settings);
                return null;
            });
            return login;
        } catch (RuntimeException e) {
            login.close();
            throw e;
        }
    }

    /** All at once: no login is left without its restrictions. */
    private static void create(Connection connection, ToolLogin it, String attribute, List<String> settings)
            throws SQLException {
        connection.setAutoCommit(false);
        String name = Sql.identifier(it.login.role());
        Rows.execute(
                connection,
                "CREATE ROLE " + name + " LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION " + attribute
                        + " IN ROLE " + Sql.identifier(it.owner) + " PASSWORD "
                        + Sql.text(PasswordUtil.encodeScramSha256(
                                it.login.password().toCharArray())));
        for (String setting : settings) {
            Rows.execute(connection, "ALTER ROLE " + name + " SET " + setting);
        }
        connection.commit();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    String owner() {
        return owner;
    }

    Connection connect() throws SQLException {
        return login.dataSource().getConnection();
    }

    /** A tool's process that logs in so; the password is in its environment, which only its user can read. */
    ToolProcess start(List<String> command) {
        ProcessBuilder builder = Command.builder(command);
        builder.environment().putAll(login.endpoint().environment());
        builder.environment().put("PGDATABASE", login.database());
        builder.environment().put("PGUSER", login.role());
        builder.environment().put("PGPASSWORD", login.password());
        builder.environment().put("PGAPPNAME", "platform");
        return ToolProcess.start(builder);
    }

    /** Ends what is logged in still, and removes the login. */
    @Override
    public void close() {
        sessions.remove(login.database(), login.role(), owner);
    }
}
