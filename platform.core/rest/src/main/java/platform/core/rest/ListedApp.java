package platform.core.rest;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.State;

/** An app of this platform. */
@Schema(name = "App", description = "An app of this platform.")
record ListedApp(
        @Schema(required = true) String name,
        @Schema(required = true) String title,

        @Schema(required = true, description = "Empty where the file could not be read.")
        String version,

        @Schema(required = true, type = SchemaType.STRING, implementation = String.class)
        State state,

        @Schema(required = true, description = "Why it is in its state; may be empty.")
        String reason,

        @Schema(required = true) Instant since,

        @Schema(description = "When it is started again by itself.")
        Instant nextAttempt,

        @Schema(required = true, description = "Its file in the folder apps.")
        String file,

        @Schema(required = true, description = "How many instances it has.")
        int instances,

        @Schema(description = "Where it runs, bundle or process; absent in lists.")
        String isolation,

        @Schema(description = "How much its process may take; absent in lists.")
        AppLimits limits,

        @Schema(description = "The number of its process, while it has one of its own.")
        Long process) {

    /** @param place where it runs, if that is asked for */
    static ListedApp of(ServiceInfo info, Optional<ServicePlace> place) {
        return new ListedApp(
                info.name(),
                info.title(),
                info.version(),
                info.state(),
                info.reason(),
                info.since(),
                info.nextAttempt().orElse(null),
                info.file(),
                info.instances(),
                place.map(it -> it.isolation().word()).orElse(null),
                place.map(it -> AppLimits.of(it.limits())).orElse(null),
                place.flatMap(ServicePlace::process).orElse(null));
    }
}
