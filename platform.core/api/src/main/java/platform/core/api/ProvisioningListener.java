package platform.core.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of each step of the making and the removal of an instance, as an OSGi service. Called on the thread that does the
 * work, before the step; what it throws is logged and changes nothing.
 */
@ConsumerType
@FunctionalInterface
public interface ProvisioningListener {

    /**
     * @param operation {@code create} or {@code delete}
     * @param step the step's name, such as {@code database}
     */
    void beforeStep(InstanceId id, String operation, String step);
}
