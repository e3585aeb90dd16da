package platform.db.postgresql;

import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/** Brings a database's schema up to date by Flyway, which gets exactly the scripts that it is handed, and scans nothing. */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    /** Applies what the database has not had, all in one transaction. Returns how many scripts that were. */
    static int apply(String database, DataSource source, List<URL> scripts) {
        if (scripts.isEmpty() && !hasHistory(database, source)) {
            return 0;
        }
        Flyway flyway = flyway(source, scripts).load();
        try {
            int applied = flyway.migrate().migrationsExecuted;
            if (applied > 0) {
                LOG.info("{}: applied {} migrations", database, applied);
            }
            return applied;
        } catch (FlywayException | UncheckedIOException e) {
            throw new DatabaseException(
                    "Cannot migrate the database '" + database + "': " + MigrationFailure.reason(flyway, e), e);
        }
    }

    /** An app that has never had a script needs no table about them. */
    private static boolean hasHistory(String database, DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('public.flyway_schema_history')")) {
            return row.next() && row.getString(1) != null;
        } catch (SQLException e) {
            throw new DatabaseException(
                    "Cannot read the history of the database '" + database + "': " + e.getMessage(), e);
        }
    }

    private static FluentConfiguration flyway(DataSource source, List<URL> scripts) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .loggers(FlywayLog.Creator.class.getName())
                .dataSource(source)
                .resourceProvider(new MigrationScripts(scripts))
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
