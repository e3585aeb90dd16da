package platform.core.manager;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import platform.core.api.AppService;
import platform.core.api.PlatformException;
import platform.core.api.ServiceUse;

/** Where one version of an app service lives. The manager's supervision does not know which kind it holds. */
interface ServiceHost {

    /** The file that this version came from. */
    AppFile file();

    /**
     * Starts the service.
     *
     * @throws PlatformException of kind FAILED with the reason why it does not start
     */
    AppService start();

    /** The SQL migrations that this version ships. */
    List<URL> migrations();

    /** The number of its process; empty when it has none of its own. */
    default Optional<Long> process() {
        return Optional.empty();
    }

    /** What that process uses. */
    default Optional<ServiceUse> use() {
        return Optional.empty();
    }

    /** Why the kernel does not hold that process to its limits of memory and processor time; empty when it does, or has none. */
    default Optional<String> caveat() {
        return Optional.empty();
    }

    /** Its process logs in detail by these loggers, and by no others; here it is the log that does. */
    default void trace(Set<String> loggers) {}

    /** Stops the service; its instances have been closed. Does nothing when it does not run. */
    void stop();

    /** Stops the service and removes this version from the host. */
    void uninstall();
}
