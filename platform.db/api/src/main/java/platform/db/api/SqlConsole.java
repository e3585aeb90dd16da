package platform.db.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs an administrator's SQL in a database, with the rights of the database's own role and never with more: by a login
 * that is made for the one statement and gone after it.
 */
@ProviderType
public interface SqlConsole {

    /**
     * Runs a statement. One that may not write runs in a read-only transaction that is rolled back whatever it does; one
     * that may is committed by itself. An interrupt cancels it.
     *
     * @throws DatabaseException when there is no such database, when it is more than one statement, or when the server
     *     refuses or cancels it; the message is the server's
     */
    SqlResult run(SqlRequest request);
}
