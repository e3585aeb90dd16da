package platform.core.manager;

import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.PlatformException;
import platform.db.api.Database;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/** The manager's own database, made at the first start. {@link ManagerDatabaseOpener} makes it a service. */
public final class ManagerDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerDatabase.class);

    /** Its name, and that of its role. */
    static final String NAME = "manager";

    /** The name of its password among the secrets. */
    static final String SECRET = "manager-database";

    private static final int PASSWORD_LENGTH = 32;
    private static final int VALID_SECONDS = 5;

    private final Databases databases;
    private final Secrets secrets;
    private final Database database;
    private final ManagerTables tables;
    private final UserTables users;
    private final KeyTables keys;
    private final SocketTable socket;

    ManagerDatabase(BundleContext context, DatabaseServers servers) {
        this(context, servers, new Secrets(PlatformFolders.of(context).createPrivate("secrets")));
    }

    private ManagerDatabase(BundleContext context, DatabaseServers servers, Secrets secrets) {
        this(
                secrets,
                new ManagerServer(secrets, servers).databases(),
                Collections.list(context.getBundle().findEntries("db/manager", "*.sql", false)));
    }

    /** The server gets the password that is in the file: a change of it that was cut off is thus completed. */
    ManagerDatabase(Secrets secrets, Databases databases, List<URL> migrations) {
        this.databases = databases;
        this.secrets = secrets;
        secrets.keepNext(SECRET);
        DatabaseSpec spec = spec(secrets.getOrKeep(SECRET, ManagerDatabase::newPassword));
        databases.createRole(spec);
        databases.createDatabase(spec);
        this.database = open(spec, migrations);
        Seal seal = new Seal(secrets);
        this.tables = new ManagerTables(database.dataSource(), seal);
        this.users = new UserTables(tables, seal);
        this.keys = new KeyTables(tables);
        this.socket = new SocketTable(tables, seal);
    }

    /** A migration may change what sessions begin with: none of those that were there before it stays. */
    private Database open(DatabaseSpec spec, List<URL> migrations) {
        Database opened = databases.openReserved(spec);
        if (opened.migrate(migrations) == 0) {
            return opened;
        }
        opened.close();
        return databases.openReserved(spec);
    }

    void close() {
        database.close();
    }

    private static DatabaseSpec spec(String password) {
        return new DatabaseSpec(NAME, NAME, password);
    }

    private static String newPassword() {
        return Secrets.newPassword(PASSWORD_LENGTH);
    }

    /**
     * Changes the platform's own passwords: of this database's role, and of its login that administers the server. Nothing
     * fails meanwhile; cut off anywhere, the next start or the next change completes it.
     *
     * @throws PlatformException when the server or the disk refuses; the platform goes on with what the server has
     */
    synchronized void rotatePasswords() {
        try {
            databases.changePassword(spec(secrets.noteNext(SECRET, ManagerDatabase::newPassword)));
            secrets.keepNext(SECRET);
            databases.changeOwnPassword();
        } catch (DatabaseException | UncheckedIOException e) {
            throw PlatformException.failed(
                    "The platform's own database passwords were not all changed: " + e.getMessage()
                            + ". The platform goes on; repeat it when the cause is gone, or restart the platform.",
                    e);
        }
        LOG.info("The platform has new passwords for its own logins to the database server");
    }

    /** What is wrong with the database server; empty when it answers. Returns within seconds. */
    Optional<String> trouble() {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(VALID_SECONDS)
                    ? Optional.empty()
                    : Optional.of("no answer within " + VALID_SECONDS + " s.");
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()).replaceFirst("\\.*$", "."));
        }
    }

    ManagerTables tables() {
        return tables;
    }

    UserTables users() {
        return users;
    }

    KeyTables keys() {
        return keys;
    }

    SocketTable socket() {
        return socket;
    }

    AlarmTables alarms() {
        return new AlarmTables(database.dataSource());
    }
}
