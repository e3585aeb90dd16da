package platform.db.api;

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
     * Opens a copy for changes: what that takes is done before somebody waits for them.
     *
     * @param database the copy, which nobody uses yet
     * @throws DatabaseException when there is no such database
     */
    FollowingCopy follow(String database);
}
