package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.ServiceInfo;
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
        int instances) {

    static ListedApp of(ServiceInfo info) {
        return new ListedApp(
                info.name(),
                info.title(),
                info.version(),
                info.state(),
                info.reason(),
                info.since(),
                info.nextAttempt().orElse(null),
                info.file(),
                info.instances());
    }
}
