package platform.db.postgresql;

import java.net.URL;
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
        try {
            int applied = flyway(source, scripts).load().migrate().migrationsExecuted;
            if (applied > 0) {
                LOG.info("{}: applied {} migrations", database, applied);
            }
            return applied;
        } catch (FlywayException e) {
            throw new DatabaseException("Cannot migrate the database '" + database + "': " + e.getMessage(), e);
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
                .ignoreMigrationPatterns(new String[0])
                .placeholderReplacement(false)
                .createSchemas(false)
                .defaultSchema("public")
                .connectRetries(0);
    }
}
