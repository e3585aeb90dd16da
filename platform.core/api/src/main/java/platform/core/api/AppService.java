package platform.core.api;

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
}
