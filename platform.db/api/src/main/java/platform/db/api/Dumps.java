package platform.db.api;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * What a dump holds, a line for each thing, as {@code pg_restore --list} says it.
     *
     * @param dump the dump, of which only the beginning is read; not closed
     */
    List<String> contents(InputStream dump);

    /**
     * Fills an empty database with the definitions of a dump and the rows of some tables: no indexes, keys, triggers, policies or
     * large objects. It is not usable as an app's.
     *
     * @param dump the dump; not necessarily read to its end, not closed. What it throws ends the work and is thrown on
     * @param contents what it holds
     * @param tables by schema and name, as {@link #rows} calls them
     * @throws DatabaseException when the server or its tools fail
     */
    void restoreTables(String database, InputStream dump, List<String> contents, Set<String> tables);

    /** The tables of a database, by name: not views, nor what extensions have made. */
    List<TableCopy> tables(String database);

    /**
     * Takes rows over into another database, in one transaction there: all of them or none. Triggers stay silent, keys are
     * checked at the end, and sequences are moved on where they would give numbers that are taken.
     *
     * @throws DatabaseException when the columns do not fit, a name is taken, a key does not hold, or the server fails
     */
    void copyTables(String from, String to, List<TableCopy> tables);

    /** How many rows each table has, exactly, by schema and name. */
    Map<String, Long> rows(String database);

    /**
     * SHA-256 of what a dump holds, in hex: of all data, and of the kind, schema and name of all that it defines.
     *
     * @param dump the dump; read to its end, not closed. What it throws ends the work and is thrown on
     */
    String checksum(InputStream dump);

    /** As that of a dump, of a database as it is now. */
    String checksum(String database);
}
