package platform.core.api;

import java.util.Map;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An app: registered by the app's bundle as an OSGi service, usually as a Declarative Services component. The manager
 * calls it; an app never calls the manager.
 */
@ConsumerType
public interface AppService {

    /**
     * Starts an instance. Called once for each start of each instance, for several instances at a time, on a thread of the
     * manager. The database is there and migrated; requests arrive only after this method has returned.
     *
     * @param context all that the instance can reach, valid until its {@link AppInstance#close()} has returned
     * @throws Exception when the instance cannot run; its message is shown to the administrator
     */
    AppInstance start(AppContext context) throws Exception;

    /**
     * Looks whether a restored database is one that an instance could work with: the app's own part of a backup's proof. Called
     * with a database that is migrated as before a start and dropped afterwards; no instance is started on it, and nobody
     * outside should notice. It has a minute, on a thread of the manager.
     *
     * @param restored the database, as its owner; not to be kept
     * @param settings those of the instance
     * @throws Exception when something is wrong; its message is shown to the administrator
     */
    default void verify(DataSource restored, Map<String, String> settings) throws Exception {}
}
