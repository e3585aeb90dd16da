package platform.db.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;
import platform.db.api.ExtensionStatus;
import platform.db.api.Extensions;

/**
 * Creates extensions. What only a superuser may create is made in a session of the platform's own, where nothing but {@code
 * CREATE EXTENSION} runs: never the app's SQL. The extension's own script must not meet what the database's role has put
 * into its way either, so it runs in a new schema where that role can put nothing, and moves to its place afterwards.
 */
final class PostgresExtensions implements Extensions {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresExtensions.class);
    private static final String USUAL_SCHEMA = "public";
    private static final String CLEAN_SCHEMA = "platform extension";

    private static final String AVAILABLE = """
            SELECT e.name, e.default_version, e.comment, x.extversion, v.trusted OR NOT v.superuser AS trusted,
                   v.relocatable, v.schema, v.requires
            FROM pg_available_extensions e
            JOIN pg_available_extension_versions v ON v.name = e.name AND v.version = e.default_version
            LEFT JOIN pg_extension x ON x.extname = e.name
            """;

    /** Whether somebody else has put something into a schema that an extension's script could call by mistake. */
    private static final String TRAPS = """
            SELECT 1 FROM pg_namespace n, pg_roles r WHERE n.nspname = ? AND NOT r.rolsuper
            AND (EXISTS (SELECT FROM pg_proc WHERE pronamespace = n.oid AND proowner = r.oid)
                 OR EXISTS (SELECT FROM pg_operator WHERE oprnamespace = n.oid AND oprowner = r.oid))
            """;

    private static final String WRAPPERS = """
            SELECT w.fdwname FROM pg_foreign_data_wrapper w
            JOIN pg_depend d ON d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = w.oid AND d.deptype = 'e'
            JOIN pg_extension x ON d.refclassid = 'pg_extension'::regclass AND x.oid = d.refobjid
            WHERE x.extname = ?
            """;

    private final Sessions sessions;
    private final Supplier<Set<String>> allowed;

    /**
     * @param allowed the names beyond the trusted ones
     */
    PostgresExtensions(Sessions sessions, Supplier<Set<String>> allowed) {
        this.sessions = sessions;
        this.allowed = allowed;
    }

    /** An extension that the server has. */
    private record Available(ExtensionStatus status, boolean relocatable, boolean fixed, List<String> needs) {}

    @Override
    public List<ExtensionStatus> list(String database) {
        Set<String> names = allowed.get();
        return sessions.look(
                database,
                "list the extensions of '" + database + "'",
                connection ->
                        Rows.list(connection, AVAILABLE + " ORDER BY e.name", row -> available(row, names)).stream()
                                .map(Available::status)
                                .toList());
    }

    private static Available available(ResultSet row, Set<String> allowed) throws SQLException {
        Object[] needs = row.getArray("requires") == null
                ? new Object[0]
                : (Object[]) row.getArray("requires").getArray();
        ExtensionStatus status = new ExtensionStatus(
                row.getString("name"),
                Optional.ofNullable(row.getString("extversion")),
                row.getString("default_version"),
                row.getBoolean("trusted"),
                allowed.contains(row.getString("name")),
                Optional.ofNullable(row.getString("comment")).orElse(""));
        return new Available(
                status,
                row.getBoolean("relocatable"),
                row.getString("schema") != null,
                Arrays.stream(needs).map(String::valueOf).toList());
    }

    @Override
    public void create(String database, String name) {
        create(database, name, Optional.empty(), Optional.empty());
    }

    /**
     * Creates what a script is going to ask for and may have, but cannot create itself.
     *
     * @throws DatabaseException when it may not have it; the message says which setting to change
     */
    void prepare(String database, List<ExtensionStatement> statements) {
        for (ExtensionStatement statement : statements) {
            Available it = find(database, statement.name());
            if (!it.status().trusted() && it.status().installed().isEmpty()) {
                mustBeRepeatable(statement);
                create(database, statement.name(), statement.schema(), statement.version());
            }
        }
    }

    private static void mustBeRepeatable(ExtensionStatement statement) {
        if (!statement.repeatable()) {
            throw new DatabaseException("the extension '" + statement.name()
                    + "' is created by the platform, before the" + " script: write CREATE EXTENSION IF NOT EXISTS");
        }
    }

    private Available find(String database, String name) {
        Set<String> names = allowed.get();
        return sessions.look(
                        database,
                        "look for the extension '" + name + "'",
                        connection -> Rows.first(
                                connection, AVAILABLE + " WHERE e.name = ?", row -> available(row, names), name))
                .orElseThrow(() -> new DatabaseException(
                        "the server has no extension '" + name + "': see db:extension list for those that it has"));
    }

    private void create(String database, String name, Optional<String> schema, Optional<String> version) {
        Available it = find(database, name);
        if (it.status().installed().isPresent()) {
            return;
        }
        mustBeAllowed(it.status());
        for (String need : it.needs()) {
            create(database, need, Optional.empty(), Optional.empty());
        }
        if (it.status().trusted()) {
            createAsOwner(database, name);
        } else {
            createAsPlatform(database, it, schema.orElse(USUAL_SCHEMA), version);
        }
        LOG.info("The database '{}' has got the extension '{}'", database, name);
    }

    private static void mustBeAllowed(ExtensionStatus it) {
        if (!it.trusted() && !it.allowed()) {
            throw new DatabaseException("the extension '" + it.name() + "' is not one that instances may have: if they"
                    + " are to, add it to the setting " + ExtensionSettings.NAME
                    + "; SECURITY.md says what that means");
        }
    }

    private void createAsOwner(String database, String name) {
        try {
            sessions.asOwner(database, Map.of(), session -> {
                Rows.execute(session.connection(), "CREATE EXTENSION IF NOT EXISTS " + Sql.identifier(name));
                return null;
            });
        } catch (SQLException e) {
            throw new DatabaseException("Cannot create the extension '" + name + "': " + e.getMessage(), e);
        }
    }

    private void createAsPlatform(String database, Available it, String schema, Optional<String> version) {
        if (!sessions.server().isSuperuser()) {
            throw new DatabaseException("the extension '" + it.status().name() + "' is created by superusers only, and"
                    + " the platform's login on the server '"
                    + sessions.server().name() + "' is none: its administrator"
                    + " can create it in the database '" + database + "'");
        }
        String owner = sessions.owner(database);
        sessions.look(database, "create the extension '" + it.status().name() + "'", connection -> {
            connection.setAutoCommit(false);
            create(
                    connection,
                    it,
                    schema,
                    version.map(v -> " VERSION " + Sql.identifier(v)).orElse(""));
            grantWrappers(connection, it.status().name(), owner);
            connection.commit();
            return null;
        });
    }

    private static void create(Connection connection, Available it, String schema, String version) throws SQLException {
        String create = "CREATE EXTENSION " + Sql.identifier(it.status().name()) + version;
        if (it.fixed()) {
            Rows.execute(connection, create);
        } else if (it.relocatable()) {
            String clean = Sql.identifier(CLEAN_SCHEMA);
            Rows.execute(connection, "CREATE SCHEMA " + clean);
            Rows.execute(connection, create + " SCHEMA " + clean);
            Rows.execute(
                    connection,
                    "ALTER EXTENSION " + Sql.identifier(it.status().name()) + " SET SCHEMA " + Sql.identifier(schema));
            Rows.execute(connection, "DROP SCHEMA " + clean);
        } else {
            mustHaveNoTraps(connection, it.status().name(), schema);
            Rows.execute(connection, create + " SCHEMA " + Sql.identifier(schema));
        }
    }

    private static void mustHaveNoTraps(Connection connection, String name, String schema) throws SQLException {
        if (Rows.first(connection, TRAPS, row -> 1, schema).isPresent()) {
            throw new DatabaseException("the extension '" + name + "' cannot be moved between schemas, so the platform"
                    + " creates it only in one without functions and operators of the instance's, and '" + schema
                    + "' has some: name another one by SCHEMA");
        }
    }

    /** What an extension connects to the outside with is the superuser's alone, unless it is granted. Returns what it is. */
    static List<String> grantWrappers(Connection connection, String extension, String owner) throws SQLException {
        List<String> wrappers = Rows.list(connection, WRAPPERS, row -> row.getString(1), extension);
        for (String wrapper : wrappers) {
            Rows.execute(
                    connection,
                    "GRANT USAGE ON FOREIGN DATA WRAPPER " + Sql.identifier(wrapper) + " TO " + Sql.identifier(owner));
        }
        return wrappers;
    }
}
