package platform.db.postgresql;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import platform.db.api.DatabaseAccess;

/**
 * All that is needed to connect to a database of a server.
 *
 * @param password never in {@link #toString()}
 */
record Login(Endpoint endpoint, String database, String role, String password) {

    private static final int CONNECT_SECONDS = 5;

    /** Where the platform's own work on the server is done. */
    private static final String ADMINISTRATION = "postgres";

    /** To our own server. */
    Login(int port, String database, String role, String password) {
        this(Endpoint.loopback(port), database, role, password);
    }

    int port() {
        return endpoint.port();
    }

    /** Connects anew for each call. */
    DataSource dataSource() {
        return dataSource("");
    }

    /**
     * @param options with what the session begins, as in {@code -c search_path=pg_catalog}
     */
    DataSource dataSource(String options) {
        return source(options);
    }

    private PGSimpleDataSource source(String options) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        endpoint.applyTo(source);
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setApplicationName("platform");
        source.setOptions(beginning() + options);
        // With this the name travels with the login, and not as a statement after it.
        source.setAssumeMinServerVersion("14");
        return source;
    }

    private String beginning() {
        // Whoever may connect there, on a server of somebody else's, may have put functions and operators into another
        // schema.
        String trusted = database.equals(ADMINISTRATION) ? "-c search_path=pg_catalog,pg_temp " : "";
        // The platform must be able to make room when the databases take no writes: see ReadOnlyMode.
        String writable = role.equals(PostgresCluster.SUPERUSER) ? "-c default_transaction_read_only=off " : "";
        return trusted + writable;
    }

    /** How another process connects so. */
    DatabaseAccess access(int connections) {
        return new DatabaseAccess(source("").getURL(), role, password, connections);
    }

    Login withPassword(String newPassword) {
        return new Login(endpoint, database, role, newPassword);
    }

    Login withDatabase(String another) {
        return new Login(endpoint, another, role, password);
    }

    @Override
    public String toString() {
        return role + "@" + endpoint + "/" + database;
    }
}
