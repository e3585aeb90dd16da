package platform.db.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The servers that somebody else runs, as far as their settings are concerned: each has a file in the data folder, which can
 * be written by hand as well. Any thread may call.
 */
@ProviderType
public interface ServerRegistry {

    /**
     * Adds a server, or replaces one, after a login to it. Databases that are open there go on.
     *
     * @throws DatabaseException when a value cannot be meant so, the login fails, it is the default server, or one that is there already
     *     under another name; nothing has changed then
     */
    void put(ServerRegistration server);

    /**
     * Forgets a server, which may be away. What is on it stays there.
     *
     * @throws DatabaseException when there is no such server, it is the default one, or instances are on it
     */
    void remove(String name);
}
