package platform.core.manager;

import java.sql.SQLException;
import java.util.List;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseServers;
import platform.db.api.DatabaseSpec;
import platform.db.api.Databases;

/**
 * Looks whether the default database server is the one that has this platform's manager's database. That does not follow the setting
 * that says which server it is: on another one the platform would begin with nothing, or with what is another platform's.
 */
final class ManagerServer {

    /** The class of the SQLSTATE of a login that is refused. */
    private static final String REFUSED = "28";

    private static final String WHAT_TO_DO = " Databases do not follow the settings db and db.server in"
            + " etc/platform.db.postgresql.cfg: set them to what they were (config:unset platform.db.postgresql db is the"
            + " platform's own server), and restart the platform. To move single instances use instance:move-database;"
            + " to begin anew, another data folder (--data).";

    private final Secrets secrets;
    private final DatabaseServers servers;

    ManagerServer(Secrets secrets, DatabaseServers servers) {
        this.secrets = secrets;
        this.servers = servers;
    }

    /**
     * Its databases.
     *
     * @throws PlatformException CONFLICT when the manager's database is somewhere else; nothing has changed on the server
     */
    Databases databases() {
        Databases databases = servers.on(servers.defaultName());
        boolean isThere = databases.databases().contains(ManagerDatabase.NAME);
        if (!isThere && secrets.has(Seal.KEY)) {
            throw refused("has no database '" + ManagerDatabase.NAME
                    + "', but this platform has been in use: its instances are on another server.");
        }
        if (isThere && isForeign() && !logsIn(databases)) {
            throw refused("has a database '" + ManagerDatabase.NAME + "' that does not take the password in secrets/"
                    + ManagerDatabase.SECRET + ": it is another platform's.");
        }
        return databases;
    }

    /** Whatever is on the platform's own server is its own. */
    private boolean isForeign() {
        return !servers.defaultName().equals(DatabaseServers.EMBEDDED);
    }

    private PlatformException refused(String why) {
        return PlatformException.conflict(
                "The default database server '" + servers.defaultName() + "' " + why + WHAT_TO_DO);
    }

    /** By one of the two passwords that it has while they are changed. */
    private boolean logsIn(Databases databases) {
        return List.of(ManagerDatabase.SECRET, Secrets.next(ManagerDatabase.SECRET)).stream()
                .filter(secrets::has)
                .anyMatch(secret -> logsIn(databases, secrets.getOrKeep(secret, () -> "")));
    }

    /** A database that is only half made refuses for another reason. */
    private static boolean logsIn(Databases databases, String password) {
        try {
            databases
                    .openReserved(new DatabaseSpec(ManagerDatabase.NAME, ManagerDatabase.NAME, password))
                    .close();
            return true;
        } catch (DatabaseException e) {
            return !(e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith(REFUSED));
        }
    }
}
