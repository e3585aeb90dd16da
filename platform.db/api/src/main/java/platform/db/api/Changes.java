package platform.db.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings a copy of a database up to date by what has changed since it was made, wherever the copy is. Any thread may call it.
 */
@ProviderType
public interface Changes {

    /**
     * Why the changes of a database cannot be told, a sentence; empty when they can.
     *
     * @throws DatabaseException when there is no such database
     */
    Optional<String> obstacle(String database);

    /**
     * Remembers the moment of a dump. Until that is closed the server keeps what is removed from the database.
     *
     * @param dump one of this server's, not closed yet; it may be closed afterwards
     */
    ChangesSince since(Dump dump);

    /**
     * Brings a copy up to date, in one transaction: all of it or nothing. Triggers stay silent, and keys to other tables are not
     * looked at. Doing it again changes nothing.
     *
     * @param changes what {@link ChangesSince#writeTo} has written of the original, since the moment of the copy; read to its end, not
     *     closed
     * @throws DatabaseException when it does not fit, or the server fails
     * @throws IOException when the stream fails
     */
    void apply(String database, InputStream changes) throws IOException;
}
