package platform.core.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.hc.api.Result;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;

/** A service or an instance, as far as its health goes. */
record Part(String name, State state, String reason, Instant since) {

    static Stream<Part> all(Optional<Services> services, Optional<Instances> instances) {
        return Stream.concat(
                services.stream().flatMap(it -> it.list().stream()).map(Part::of),
                instances.stream().flatMap(it -> it.list().stream()).map(Part::of));
    }

    /** @param name of a service, or {@code name@domain} of an instance */
    static Optional<Part> find(String name, Optional<Services> services, Optional<Instances> instances) {
        if (!name.contains("@")) {
            return services.flatMap(it -> it.find(name)).map(Part::of);
        }
        try {
            InstanceId id = InstanceId.parse(name);
            return instances.flatMap(it -> it.find(id)).map(Part::of);
        } catch (PlatformException malformed) {
            return Optional.empty();
        }
    }

    private static Part of(ServiceInfo it) {
        return new Part(it.name(), it.state(), it.reason(), it.since());
    }

    private static Part of(InstanceInfo it) {
        return new Part(it.id().toString(), it.state(), it.reason(), it.since());
    }

    /** Whether there is hope that it does its work. */
    Result.Status live() {
        return switch (state) {
            case FAILED -> Result.Status.TEMPORARILY_UNAVAILABLE;
            case QUARANTINED -> Result.Status.CRITICAL;
            default -> Result.Status.OK;
        };
    }

    /** Whether it has come up. */
    Result.Status started() {
        return state.isUp() || live() != Result.Status.OK ? live() : Result.Status.TEMPORARILY_UNAVAILABLE;
    }

    /** Whether it does its work now. */
    Result.Status ready() {
        return state == State.DEGRADED ? Result.Status.WARN : started();
    }

    /** As a line for people. */
    String text() {
        return name + " " + state + " since " + since.truncatedTo(ChronoUnit.SECONDS)
                + (reason.isEmpty() ? "" : ": " + reason);
    }
}
