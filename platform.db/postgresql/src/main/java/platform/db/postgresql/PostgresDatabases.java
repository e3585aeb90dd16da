package platform.db.postgresql;

import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/**
 * Databases and roles on one server. The platform's roles are the members of the role {@value #GROUP}, which has no
 * rights; its databases are those that such a role owns. Both are set by the very statement that makes the role or the
 * database, so that a crash leaves nothing unmarked. Roles and databases of others are never touched; nor are those of an
 * administrator that is no superuser: PostgreSQL 16 and newer make it a member, with the admin option, of each role that it
 * makes.
 */
final class PostgresDatabases implements Databases, AutoCloseable {

    private static final String GROUP = "platform";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabases.class);

    private static final String OWNER =
            "SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = ?";
    private static final String HALF_DROPPED = "SELECT 1 FROM pg_database WHERE datname = ? AND datconnlimit = -2";
    private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String ROLES = "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
            + " JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = '" + GROUP + "' AND NOT m.admin_option";
    private static final String DATABASES = "SELECT d.datname FROM pg_database d JOIN pg_auth_members m"
            + " ON m.member = d.datdba JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = '" + GROUP
            + "' AND NOT m.admin_option";
    private static final String SIZE = "SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?";

    private static final String CONNECTIONS = "SELECT current_setting('max_connections')::int"
            + " - current_setting('superuser_reserved_connections')::int";

    /** For this class, the manager's database, and those who look after databases or ask them by SQL. */
    private static final int RESERVED = 20;

    private static final Set<String> CONNECTION_LOST = Set.of("08003", "08006", "57P01", "57P02");

    private final Server server;
    private final Pools pools;
    private final PooledDataSource administrator;
    private final AdministratorPassword administratorPassword;
    private final PostgresExtensions extensions;
    private final Spares spares;
    private final MigrationNotes notes;
    private final Set<PostgresDatabase> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Optional<Integer>> limits = new ConcurrentHashMap<>();
    private Verifier verifier;

    /** The server must have started. No app may have more than the trusted extensions. */
    PostgresDatabases(Server server) {
        this(server, new PostgresExtensions(new Sessions(server), Set::of));
    }

    /** The server must have started. */
    PostgresDatabases(Server server, PostgresExtensions extensions) {
        this.extensions = extensions;
        this.server = server;
        administratorPassword = new AdministratorPassword(server);
        administratorPassword.expectEither();
        LoginSource logins = server.administrator();
        pools = new Pools(connections(logins, server.connections()), PoolSettings.DEFAULT);
        administrator = pools.openReserved(logins).pool();
        notes = new MigrationNotes(this);
        spares = new Spares(administrator, server);
        work("finish the change of the administrator's password", connection -> {
            administratorPassword.finishWhatWasCutOff(connection);
            return null;
        });
        prepare();
    }

    /** How many connections the server has for databases, besides what the platform itself needs. */
    private static int connections(LoginSource logins, Optional<Integer> most) {
        try (Connection connection = logins.connectTo("postgres")) {
            int all = Rows.first(connection, CONNECTIONS, row -> row.getInt(1)).orElseThrow();
            return Math.min(all, most.orElse(all)) - RESERVED;
        } catch (SQLException e) {
            throw new DatabaseException("Cannot log in to PostgreSQL as " + logins.login() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes over how the instances' databases are to be dealt with.
     *
     * @param spareDatabases how many are kept ready
     */
    void configure(PoolSettings settings, int spareDatabases) {
        pools.apply(settings);
        spares.keep(spareDatabases);
    }

    /** Keeps no more databases ready than there are while this holds. */
    void pauseSpares(boolean pause) {
        spares.pause(pause);
    }

    private void prepare() {
        work("prepare the server", connection -> {
            if (first(connection, ROLE, GROUP).isEmpty()) {
                execute(connection, "CREATE ROLE " + GROUP + " NOLOGIN");
            }
            if (first(connection, ROLE, SpareMaker.OWNER).isEmpty()) {
                execute(
                        connection,
                        "CREATE ROLE " + Sql.identifier(SpareMaker.OWNER) + " NOLOGIN" + server.roleMembers());
            }
            if (server.isSuperuser()) {
                // An app has no business in the databases that come with every server.
                execute(connection, "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
            }
            return null;
        });
    }

    @Override
    public synchronized void createRole(DatabaseSpec spec) {
        String role = Sql.identifier(spec.role());
        verifier = verifier(spec);
        work("create the role '" + spec.role() + "'", connection -> {
            begin(connection);
            if (first(connection, ROLE, spec.role()).isEmpty()) {
                execute(connection, "CREATE ROLE " + role + " IN ROLE " + GROUP + server.roleMembers());
            }
            mustBeOurs(connection, spec.role());
            letIn(connection, spec.role(), verifier.text());
            connection.commit();
            return null;
        });
    }

    /** The server gets the verifier, not the password, which thus cannot show up in any log of its. */
    private void letIn(Connection connection, String role, String verifier) throws SQLException {
        execute(
                connection,
                "ALTER ROLE " + Sql.identifier(role) + " LOGIN NOCREATEDB NOCREATEROLE" + superuserAttributes()
                        + " PASSWORD " + Sql.text(verifier));
    }

    /** A new role has none of them; only a superuser may take them from one, or even say so. */
    private String superuserAttributes() {
        return server.isSuperuser() ? " NOSUPERUSER NOREPLICATION NOBYPASSRLS" : "";
    }

    /** What the server keeps of a password. Thousands of hashes: made once for a role and its database. */
    private record Verifier(DatabaseSpec spec, String text) {}

    private Verifier verifier(DatabaseSpec spec) {
        if (verifier != null && verifier.spec().equals(spec)) {
            return verifier;
        }
        try {
            return new Verifier(
                    spec, PasswordUtil.encodeScramSha256(spec.password().toCharArray()));
        } catch (IllegalArgumentException e) {
            throw new DatabaseException(
                    "The password of the role '" + spec.role() + "' is empty or not valid Unicode", e);
        }
    }

    @Override
    public synchronized void createDatabase(DatabaseSpec spec, List<URL> migrations) {
        String database = Sql.identifier(spec.database());
        String role = Sql.identifier(spec.role());
        work("create the database '" + spec.database() + "'", connection -> {
            mustBeOurs(connection, spec.role());
            if (first(connection, HALF_DROPPED, spec.database()).isPresent()) {
                mustOwn(connection, spec);
                execute(connection, "DROP DATABASE " + database);
            }
            if (first(connection, OWNER, spec.database()).isEmpty() && !takeSpare(connection, spec, migrations)) {
                execute(
                        connection,
                        "CREATE DATABASE " + database + " OWNER " + role
                                + " TEMPLATE template0 ENCODING 'UTF8' ALLOW_CONNECTIONS false");
            }
            mustOwn(connection, spec);
            admitOwner(connection, database);
            return null;
        });
    }

    /** Nobody enters before PUBLIC is out. */
    private static void admitOwner(Connection connection, String database) throws SQLException {
        execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        execute(connection, "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    /** All at once: a spare database stays one, or is this database and ready. */
    private boolean takeSpare(Connection connection, DatabaseSpec spec, List<URL> migrations) throws SQLException {
        begin(connection);
        try {
            Optional<Spare> spare = spares.find(connection, migrations);
            if (spare.isPresent()) {
                take(connection, spare.get(), spec);
            }
            connection.commit();
            return spare.isPresent();
        } catch (SQLException e) {
            connection.rollback();
            LOG.warn("A spare database cannot be used for '{}', it is made anew: {}", spec.database(), e.getMessage());
            return false;
        } finally {
            connection.setAutoCommit(true);
            spares.refill();
        }
    }

    /** All that is in one that has had scripts belongs to its own role, which takes the place of the new one. */
    private void take(Connection connection, Spare spare, DatabaseSpec spec) throws SQLException {
        String its = Sql.identifier(spare.name());
        String database = Sql.identifier(spec.database());
        String role = Sql.identifier(spec.role());
        execute(connection, "ALTER DATABASE " + its + " RENAME TO " + database);
        if (spare.isEmpty()) {
            execute(connection, "ALTER DATABASE " + database + " OWNER TO " + role);
        } else {
            execute(connection, "DROP ROLE " + role);
            execute(connection, "ALTER ROLE " + its + " RENAME TO " + role);
            execute(connection, "GRANT " + GROUP + " TO " + role);
            letIn(connection, spec.role(), verifier(spec).text());
        }
        admitOwner(connection, database);
    }

    private static void mustOwn(Connection connection, DatabaseSpec spec) throws SQLException {
        String owner = first(connection, OWNER, spec.database()).orElse("");
        if (!owner.equals(spec.role())) {
            throw new DatabaseException("The database '" + spec.database() + "' belongs to the role '" + owner
                    + "', not to '" + spec.role() + "': choose another name");
        }
    }

    private static void mustBeOurs(Connection connection, String role) throws SQLException {
        if (first(connection, ROLES + " WHERE r.rolname = ?", role).isEmpty()) {
            throw new DatabaseException(
                    first(connection, ROLE, role).isPresent()
                            ? "The role '" + role + "' is not one of the platform's: choose another name"
                            : "The role '" + role + "' is missing: create it first");
        }
    }

    @Override
    public synchronized void dropDatabase(String database) {
        String identifier = Sql.identifier(database);
        work("drop the database '" + database + "'", connection -> {
            Optional<String> owner = first(connection, OWNER, database);
            if (owner.isPresent()) {
                mustBeOurs(connection, owner.get());
                execute(connection, "DROP DATABASE " + identifier + " WITH (FORCE)");
            }
            return null;
        });
    }

    @Override
    public synchronized void dropRole(String role) {
        String identifier = Sql.identifier(role);
        work("drop the role '" + role + "'", connection -> {
            if (first(connection, ROLE, role).isPresent()) {
                mustBeOurs(connection, role);
                PostgresSpares.dropAll(connection, role);
                execute(connection, "DROP ROLE " + identifier);
            }
            return null;
        });
    }

    @Override
    public void changePassword(DatabaseSpec changed) {
        List<PostgresDatabase> users =
                open.stream().filter(it -> it.role().equals(changed.role())).toList();
        users.forEach(it -> it.logins().add(changed.password()));
        createRole(changed);
        users.forEach(it -> it.logins().settle(changed.password()));
        users.forEach(PostgresDatabase::renew);
        work("end the connections of the role '" + changed.role() + "'", connection -> {
            OtherSessions.end(
                    connection,
                    changed.role(),
                    users.stream().map(PostgresDatabase::logins).toList(),
                    users.stream().flatMap(it -> it.remotes().stream()).toList());
            return null;
        });
    }

    @Override
    public synchronized void changeOwnPassword() {
        LoginSource logins = server.administrator();
        work("change the password of the role '" + logins.login().role() + "'", connection -> {
            administratorPassword.change(connection);
            OtherSessions.end(connection, logins.login().role(), List.of(logins), List.of());
            return null;
        });
    }

    /** One that was in order before needs no connection: a start with a thousand of them must not make a thousand. */
    @Override
    public Database open(DatabaseSpec spec) {
        Login login = login(spec);
        Optional<Integer> size = limits.getOrDefault(spec.database(), Optional.empty());
        Optional<String> noted = notes.of(spec.database());
        return keep(spec, noted.isPresent() ? pools.openUnproved(login, size) : pools.open(login, size), noted);
    }

    @Override
    public Database openReserved(DatabaseSpec spec) {
        return keep(spec, pools.openReserved(new LoginSource(login(spec))), Optional.empty());
    }

    private Login login(DatabaseSpec spec) {
        Sql.identifier(spec.database());
        return new Login(server.endpoint(), spec.database(), spec.role(), spec.password());
    }

    private PostgresDatabase keep(DatabaseSpec spec, Pools.Opened opened, Optional<String> noted) {
        PostgresDatabase database = new PostgresDatabase(spec.role(), opened, extensions, noted, notes, open::remove);
        open.add(database);
        return database;
    }

    /** How many connections a pool of the database may open; absent is as many as it has by itself. */
    void limit(String database, Optional<Integer> connections) {
        limits.put(database, connections);
        open.stream().filter(it -> it.name().equals(database)).forEach(it -> it.limit(connections));
    }

    @Override
    public Set<String> databases() {
        return work("list the databases", connection -> names(connection, DATABASES));
    }

    @Override
    public Set<String> roles() {
        return work("list the roles", connection -> names(connection, ROLES));
    }

    @Override
    public boolean isTaken(String name) {
        return work(
                "look for '" + name + "'",
                connection -> first(connection, DATABASES + " WHERE d.datname = ?", name)
                                .isPresent()
                        || first(connection, ROLES + " WHERE r.rolname = ?", name)
                                .isPresent());
    }

    /** Whether the platform has made a database of this name on this server. */
    boolean has(String database) {
        return work(
                "look for the database '" + database + "'",
                connection -> first(connection, DATABASES + " WHERE d.datname = ?", database)
                        .isPresent());
    }

    @Override
    public long size(String database) {
        return work(
                "measure the database '" + database + "'",
                connection ->
                        first(connection, SIZE, database).map(Long::valueOf).orElse(0L));
    }

    /** Does it by a connection of the administrator's pool; once more if the server was restarted meanwhile. */
    <T> T work(String what, Sessions.Work<T> work) {
        try {
            return tryTwice(work);
        } catch (SQLException e) {
            throw new DatabaseException("Cannot " + what + ": " + e.getMessage(), e);
        }
    }

    /** After a restart of the server the pool holds dead connections; all our work may be repeated. */
    private <T> T tryTwice(Sessions.Work<T> work) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return work.on(connection);
        } catch (SQLTransientConnectionException e) {
            throw e;
        } catch (SQLException e) {
            if (!CONNECTION_LOST.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            administrator.evict();
        }
        try (Connection connection = administrator.getConnection()) {
            return work.on(connection);
        }
    }

    /**
     * Begins what the manager's own commit follows, in which it is journalled: on our server that is on disk no sooner than this.
     */
    private void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        if (server.name().equals(Server.EMBEDDED)) {
            execute(connection, "SET LOCAL synchronous_commit TO off");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static Optional<String> first(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static Set<String> names(Connection connection, String sql) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** Does not close the databases that were opened; stops nothing. */
    @Override
    public void close() {
        spares.close();
        administrator.close();
        pools.close();
    }
}
