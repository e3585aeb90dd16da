package platform.core.manager;

import java.util.function.Consumer;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;

/** Makes the hosts of services. */
interface ServiceHosts {

    /**
     * Takes a version into the platform's own framework.
     *
     * @throws PlatformException of kind INVALID when it does not fit
     */
    ServiceHost install(AppFile file);

    /**
     * Where an installed version runs in a process of its own.
     *
     * @param number another one for each service, always the same: its user follows from it
     * @param onLost told why, when the process ends by itself
     */
    default ServiceHost process(ServiceHost installed, int number, ProcessLimits limits, Consumer<String> onLost) {
        throw PlatformException.failed("This platform has no processes for services.", null);
    }

    /** A version of the service is gone: nothing of it needs to be kept. */
    default void forget(String app) {}

    /** The platform stops; all services have been stopped. */
    default void close() {}
}
