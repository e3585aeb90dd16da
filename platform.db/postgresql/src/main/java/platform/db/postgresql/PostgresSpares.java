package platform.db.postgresql;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.SpareDatabases;

/** Spare and kept databases. All that is known of one is in its name, which changes in one transaction with its use. */
final class PostgresSpares implements SpareDatabases {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSpares.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int TRIES = 5;

    /** Another session is connected. */
    private static final String IN_USE = "55006";

    private static final String NAMES = "SELECT d.datname FROM pg_database d JOIN pg_auth_members m"
            + " ON m.member = d.datdba JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = 'platform'"
            + " AND NOT m.admin_option"
            + " WHERE starts_with(d.datname, ?) ORDER BY 1";
    private static final String OF_ROLE = "SELECT d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
            + " WHERE r.rolname = ? AND (starts_with(d.datname, '" + SPARE + "') OR starts_with(d.datname, '" + KEPT
            + "'))";

    private static final String OWNED = "SELECT 1 FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
            + " WHERE r.rolname = ? AND NOT starts_with(d.datname, '" + SPARE + "')";
    private static final String MARKED =
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') = ? FROM pg_database WHERE datname = ?";
    private static final String ROLE = "SELECT 1 FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
            + " JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = 'platform' AND NOT m.admin_option"
            + " WHERE r.rolname = ?";
    private static final String OWNER =
            "SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba" + " WHERE d.datname = ?";

    private final Sessions sessions;
    private final LongSupplier freeBytes;

    /** Drops what a killed platform has left. */
    PostgresSpares(Sessions sessions, LongSupplier freeBytes) {
        this.sessions = sessions;
        this.freeBytes = freeBytes;
        names(SPARE).forEach(this::clear);
    }

    /** What cannot be dropped takes some room; the server is no worse for it. */
    private void clear(String leftover) {
        try {
            LOG.warn("The database '{}' was being filled when the platform ended; it is dropped", leftover);
            drop(leftover);
        } catch (DatabaseException e) {
            LOG.warn("The database '{}' stays until the next start: {}", leftover, e.getMessage());
        }
    }

    @Override
    public String create(String role) {
        String name = SPARE + random();
        sessions.administer("make a database beside that of '" + role + "'", connection -> {
            Rows.execute(
                    connection,
                    "CREATE DATABASE " + Sql.identifier(name) + " OWNER " + Sql.identifier(role)
                            + " TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false");
            Rows.execute(connection, "REVOKE ALL ON DATABASE " + Sql.identifier(name) + " FROM PUBLIC");
            Rows.execute(connection, "ALTER DATABASE " + Sql.identifier(name) + " ALLOW_CONNECTIONS true");
            return null;
        });
        return name;
    }

    @Override
    public String keptName(Instant until) {
        return KEPT + TIME.format(until) + " " + random();
    }

    private static String random() {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void replace(String database, String spare, String kept) {
        sessions.administer("put another database in the place of '" + database + "'", connection -> {
            for (int attempt = 1; !tryToReplace(connection, database, spare, kept, attempt == TRIES); attempt++) {
                LOG.info("'{}' is in use again, attempt {}", database, attempt);
            }
            return null;
        });
    }

    /** Who comes in between the end of the sessions and the first change of a name makes the server refuse that. */
    private static boolean tryToReplace(Connection connection, String database, String spare, String kept, boolean last)
            throws SQLException {
        connection.setAutoCommit(true);
        for (String each : List.of(database, spare)) {
            end(connection, each);
        }
        connection.setAutoCommit(false);
        try {
            rename(connection, database, kept);
            rename(connection, spare, database);
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (last || !IN_USE.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private static void end(Connection connection, String database) throws SQLException {
        Rows.list(
                connection,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ?",
                row -> true,
                database);
    }

    private static void rename(Connection connection, String from, String to) throws SQLException {
        Rows.execute(connection, "ALTER DATABASE " + Sql.identifier(from) + " RENAME TO " + Sql.identifier(to));
    }

    @Override
    public void use(String spare, String database) {
        sessions.administer("put a database in the place of '" + database + "', which is missing", connection -> {
            rename(connection, spare, database);
            return null;
        });
    }

    /** Says whose copy a database is, for {@link #discard}. */
    void mark(String name, String mark) {
        sessions.administer("mark the database '" + name + "'", connection -> {
            Rows.execute(connection, "COMMENT ON DATABASE " + Sql.identifier(name) + " IS " + Sql.text(mark));
            return null;
        });
    }

    /** Removes a copy that bears this mark, and its role unless that has others; what lacks the mark was made by somebody else. */
    void discard(DatabaseSpec copy, String mark) {
        sessions.administer("remove the copy '" + copy.database() + "'", connection -> {
            Optional<Boolean> marked = Rows.first(connection, MARKED, row -> row.getBoolean(1), mark, copy.database());
            if (marked.orElse(false)) {
                Rows.execute(connection, "DROP DATABASE " + Sql.identifier(copy.database()) + " WITH (FORCE)");
            } else if (marked.isPresent()) {
                LOG.warn(
                        "The database '{}' on '{}' is not the copy that was begun there; it stays",
                        copy.database(),
                        sessions.server().name());
            }
            return null;
        });
        forget(copy.role());
    }

    /** Keeps a database that is used no more; its sessions end. Does nothing when there is none. */
    void retire(String database, Instant until) {
        sessions.administer("keep the former database '" + database + "'", connection -> {
            if (Rows.first(connection, OWNER, row -> 1, database).isPresent()) {
                end(connection, database);
                rename(connection, database, keptName(until));
            }
            return null;
        });
    }

    /** Removes a role of the platform's that has no database here but spare ones, and those with it. */
    void forget(String role) {
        sessions.administer("remove the role '" + role + "'", connection -> {
            if (Rows.first(connection, ROLE, row -> 1, role).isPresent()
                    && Rows.first(connection, OWNED, row -> 1, role).isEmpty()) {
                dropAll(connection, role);
                Rows.execute(connection, "DROP ROLE " + Sql.identifier(role));
            }
            return null;
        });
    }

    @Override
    public boolean exists(String name) {
        return names(name).contains(name);
    }

    @Override
    public void drop(String name) {
        if (!name.startsWith(SPARE) && !name.startsWith(KEPT)) {
            throw new DatabaseException("The database '" + name + "' is neither a spare nor a kept one");
        }
        sessions.administer("drop the database '" + name + "'", connection -> {
            Rows.execute(connection, "DROP DATABASE IF EXISTS " + Sql.identifier(name) + " WITH (FORCE)");
            return null;
        });
    }

    @Override
    public List<String> kept() {
        return names(KEPT);
    }

    private List<String> names(String prefix) {
        return sessions.administer(
                "list the spare databases",
                connection -> Rows.list(connection, NAMES, row -> row.getString(1), prefix));
    }

    @Override
    public void dropExpired(Instant now) {
        for (String name : kept()) {
            if (!until(name).isAfter(now)) {
                LOG.info("The database '{}' was kept long enough; it is dropped", name);
                String role = owner(name);
                drop(name);
                forget(role);
            }
        }
    }

    private String owner(String name) {
        return sessions.administer(
                        "look for the owner of '" + name + "'",
                        connection -> Rows.first(connection, OWNER, row -> row.getString(1), name))
                .orElse("");
    }

    /** What cannot be read is kept for ever. */
    private static Instant until(String name) {
        try {
            String time = name.substring(KEPT.length()).split(" ")[0];
            return TIME.parse(time, Instant::from);
        } catch (DateTimeParseException e) {
            LOG.debug("'{}' has no time in its name", name, e);
            return Instant.MAX;
        }
    }

    @Override
    public long freeBytes() {
        return freeBytes.getAsLong();
    }

    /** It is the only one that it knows. */
    @Override
    public long freeBytes(String server) {
        return freeBytes();
    }

    /** Drops what stands beside the database of a role. */
    static void dropAll(Connection connection, String role) throws SQLException {
        for (String name : Rows.list(connection, OF_ROLE, row -> row.getString(1), role)) {
            Rows.execute(connection, "DROP DATABASE " + Sql.identifier(name) + " WITH (FORCE)");
        }
    }
}
