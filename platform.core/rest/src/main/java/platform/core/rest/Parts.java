package platform.core.rest;

import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;

/**
 * The services of the platform that are there now, and the framework. A reference to each would make Jersey anew whenever one
 * comes or goes, in the midst of calls.
 */
final class Parts {

    private final Function<Class<?>, Object> services;

    Parts(BundleContext context) {
        this(type -> type == BundleContext.class ? context : service(context, type));
    }

    private static Object service(BundleContext context, Class<?> type) {
        ServiceReference<?> reference = context.getServiceReference(type);
        return reference == null ? null : context.getService(reference);
    }

    /** @param services gives the service of a type, or null */
    Parts(Function<Class<?>, Object> services) {
        this.services = services;
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(type.cast(services.apply(type)));
    }

    /**
     * @throws PlatformException INVALID, or NOT_FOUND
     */
    InstanceInfo instance(String id) {
        InstanceId instance = InstanceId.parse(id);
        return need(Instances.class)
                .find(instance)
                .orElseThrow(() -> PlatformException.notFound("There is no instance " + instance + "."));
    }

    /**
     * @throws PlatformException FAILED when it is not there
     */
    <T> T need(Class<T> type) {
        return find(type)
                .orElseThrow(() -> PlatformException.failed(
                        "The part of the platform that does this does not run (" + type.getSimpleName()
                                + "). Look at /health and the log.",
                        null));
    }
}
