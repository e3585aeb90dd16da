package platform.db.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All servers that hold databases of the platform's. {@link Databases} is the default one; the services that are given the
 * name of a database find out by themselves which server has it. Any thread may call.
 */
@ProviderType
public interface DatabaseServers {

    /** The servers, the default one first, then by name. Asks each; one that does not answer takes some seconds. */
    List<DatabaseServer> list();

    /** The name of the default server. */
    String defaultName();

    /**
     * The databases of one server.
     *
     * @throws DatabaseException when there is no such server, or it cannot be reached; the message says what to do
     */
    Databases on(String server);
}
