package platform.core.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of each step of the making, the removal and the renaming of an instance, as an OSGi service. Called on the thread that
 * does the work, before the step; what it throws is logged and changes nothing.
 */
@ConsumerType
@FunctionalInterface
public interface ProvisioningListener {

    /**
     * @param id the instance; the first of those that are renamed where a step is about all of them
     * @param operation {@code create}, {@code delete} or {@code rename}
     * @param step the step's name, such as {@code database}
     */
    void beforeStep(InstanceId id, String operation, String step);
}
