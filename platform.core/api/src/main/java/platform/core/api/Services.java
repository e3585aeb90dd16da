package platform.core.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The app services of this platform. A service appears and disappears with its file in the {@code apps} folder. Calls
 * block until what they ask for is done; any thread may make them.
 */
@ProviderType
public interface Services {

    /** All services by name, also those whose file could not be adopted: their state is FAILED and says why. */
    List<ServiceInfo> list();

    Optional<ServiceInfo> find(String name);

    /**
     * Starts the service, also one in quarantine, and those of its instances that should run. Does nothing when it runs.
     *
     * @throws PlatformException NOT_FOUND, or FAILED with the app's own reason
     */
    void start(String name);

    /**
     * Stops the service's instances and the service, until it is started again: a restart of the platform changes nothing
     * about that. Does nothing when it is stopped.
     *
     * @throws PlatformException NOT_FOUND
     */
    void stop(String name);
}
