package platform.db.api;

import java.io.InputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Databases as streams, by PostgreSQL's own {@code pg_dump} and {@code pg_restore}, which must be on the machine. All is done
 * with the rights of the role that owns the database, never as the superuser. Any thread may call; an interrupt cancels.
 */
@ProviderType
public interface Dumps {

    /**
     * Takes a snapshot of a database.
     *
     * @throws DatabaseException when there is no such database, or no tools for it; the message says what to install
     */
    Dump begin(String database);

    /**
     * Fills an empty database from a dump. It is not usable when this fails, and should be dropped then.
     *
     * @param database the database; what is in it belongs to its role afterwards
     * @param role the role that owned what was dumped
     * @param dump the dump; read to its end, not closed. What it throws ends the work and is thrown on
     * @throws DatabaseException when the server or its tools fail
     */
    void restore(String database, String role, InputStream dump);

    /** How many rows each table has, exactly, by schema and name. */
    Map<String, Long> rows(String database);

    /**
     * SHA-256 of the SQL that a dump amounts to, in hex: of all definitions and all data, but not of owners and privileges.
     *
     * @param dump the dump; read to its end, not closed. What it throws ends the work and is thrown on
     */
    String checksum(InputStream dump);

    /** As that of a dump, of a database as it is now. */
    String checksum(String database);
}
