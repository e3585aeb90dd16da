package platform.db.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The extensions of databases. A database's role creates the trusted ones itself; others only the platform creates, when its
 * settings allow them: because it is asked here, or before a migration that says {@code CREATE EXTENSION IF NOT EXISTS}.
 */
@ProviderType
public interface Extensions {

    /**
     * The extensions that the server has, by name.
     *
     * @throws DatabaseException when there is no such database
     */
    List<ExtensionStatus> list(String database);

    /**
     * Creates an extension; does nothing when it is there. A trusted one belongs to the database's role, any other to the
     * platform.
     *
     * @throws DatabaseException when there is no such database or extension, it is neither trusted nor allowed, needs
     *     another one that is not there, or the server refuses
     */
    void create(String database, String name);
}
