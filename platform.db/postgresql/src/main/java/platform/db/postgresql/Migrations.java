package platform.db.postgresql;

import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Brings a database's schema up to date by Flyway, which gets exactly the scripts that it is handed, and scans
 * nothing. Which scripts a database has had is also noted, as a whole, in the comment on Flyway's table, and in that on the
 * database: most starts of an instance find their scripts there, and need neither Flyway's queries nor its 400 classes, nor
 * even a connection.
 */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** Flyway's table. */
    private static final String HISTORY = "public.flyway_schema_history";

    private static final String NOTE = "platform schema ";
    private static final String ALL_NOTED = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
            + " WHERE starts_with(shobj_description(oid, 'pg_database'), '" + NOTE + "')";
    private static final String NOTED = ALL_NOTED + " AND datname = ?";

    private Migrations() {}

    /**
     * Applies what the database has not had, all in one transaction. Returns how many scripts that were.
     *
     * @param beside makes connections for Flyway, which wants several at once: a pool may have no more than one
     * @param extensions gets what the scripts ask for and may not be able to create themselves, before they are applied
     */
    static int apply(
            String database,
            DataSource source,
            DataSource beside,
            List<URL> urls,
            Consumer<List<ExtensionStatement>> extensions) {
        MigrationScripts scripts = new MigrationScripts(urls);
        try {
            String fingerprint = scripts.fingerprint();
            int applied = 0;
            if (!fingerprint.equals(recorded(source))) {
                Flyway flyway = flyway(beside, scripts).load();
                applied = migrate(database, flyway, () -> extensions.accept(wanted(flyway, scripts)));
                record(source, fingerprint);
            }
            noteForStart(database, source, fingerprint);
            return applied;
        } catch (SQLException | UncheckedIOException e) {
            throw new DatabaseException("Cannot migrate the database '" + database + "': " + e.getMessage(), e);
        }
    }

    private static int migrate(String database, Flyway flyway, Runnable before) {
        try {
            before.run();
            int applied = flyway.migrate().migrationsExecuted;
            if (applied > 0) {
                LOG.info("{}: applied {} migrations", database, applied);
            }
            return applied;
        } catch (DatabaseException e) {
            throw new DatabaseException("Cannot migrate the database '" + database + "': " + e.getMessage(), e);
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "Cannot migrate the database '" + database + "': " + MigrationFailure.reason(flyway, e), e);
        }
    }

    /** The extensions that the scripts ask for which the database has not had. */
    private static List<ExtensionStatement> wanted(Flyway flyway, MigrationScripts scripts) {
        if (!scripts.mention("extension")) {
            return List.of();
        }
        return Stream.of(flyway.info().pending())
                .flatMap(pending -> ExtensionStatement.in(scripts.text(pending.getScript())).stream())
                .toList();
    }

    /**
     * Where the server shows it without a connection to this database: a start with a thousand databases then needs none.
     * It does not travel with a dump, as the comment on the table does, so it is never believed alone: see {@link #check}.
     */
    private static void noteForStart(String database, DataSource source, String fingerprint) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Rows.execute(
                    connection,
                    "COMMENT ON DATABASE " + Sql.identifier(database) + " IS " + Sql.text(note(fingerprint)));
        }
    }

    /** What the comment on a database says that has had these scripts. */
    static String note(String fingerprint) {
        return NOTE + fingerprint;
    }

    /** The scripts that a database has had by its note, if there is one; asked in any database. */
    static Optional<String> noted(Connection connection, String database) throws SQLException {
        return Rows.first(connection, NOTED, Migrations::fingerprint, database);
    }

    /** The scripts that each database has had that has a note; asked in any database. The map is the caller's. */
    static Map<String, String> noted(Connection connection) throws SQLException {
        Map<String, String> notes = new HashMap<>();
        Rows.list(connection, ALL_NOTED, row -> notes.put(row.getString(1), fingerprint(row)));
        return notes;
    }

    private static String fingerprint(ResultSet row) throws SQLException {
        return row.getString(2).substring(NOTE.length());
    }

    /** Removes the note, so that the next start looks into the database; asked in any database. */
    static void forget(Connection connection, String database) throws SQLException {
        Rows.execute(connection, "COMMENT ON DATABASE " + Sql.identifier(database) + " IS NULL");
    }

    /**
     * Looks whether a database has what its note says.
     *
     * @throws SQLException when it has not: an older dump was restored into it, perhaps
     */
    static void check(Connection connection, String database, String fingerprint) throws SQLException {
        if (!fingerprint.equals(recorded(connection))) {
            throw new SQLException(
                    "The database '" + database + "' has not the schema that it had: it was restored or changed from"
                            + " outside. Restart the instance, which migrates it",
                    "55000");
        }
    }

    /** The scripts that the database is known to have had; those of a database that has never had any are no scripts. */
    private static String recorded(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return recorded(connection);
        }
    }

    private static String recorded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('" + HISTORY + "') IS NULL,"
                        + " obj_description(to_regclass('" + HISTORY + "'), 'pg_class')")) {
            row.next();
            return row.getBoolean(1) ? new MigrationScripts(List.of()).fingerprint() : row.getString(2);
        }
    }

    private static void record(DataSource source, String fingerprint) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON TABLE " + HISTORY + " IS '" + fingerprint + "'");
        }
    }

    private static FluentConfiguration flyway(DataSource source, MigrationScripts scripts) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .loggers(FlywayLog.Creator.class.getName())
                .dataSource(source)
                .resourceProvider(scripts)
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true)
                .group(true)
                .validateMigrationNaming(true)
                // Only these: a script that was applied and is gone is an error.
                .ignoreMigrationPatterns("*:pending")
                .placeholderReplacement(false)
                .createSchemas(false)
                .defaultSchema("public")
                .connectRetries(0);
    }
}
