package platform.core.rest;

import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;

/** The services of the platform that are there. */
final class Parts {

    private final Map<Class<?>, Object> byType;

    Parts(Map<Class<?>, Object> byType) {
        this.byType = Map.copyOf(byType);
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(type.cast(byType.get(type)));
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
