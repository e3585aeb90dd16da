package platform.core.rest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The platform as a whole. */
@Schema(description = "The platform as a whole.")
record About(
        @Schema(required = true) String version,
        @Schema(required = true) Instant started,

        @Schema(required = true, description = "Where the webserver listens.")
        List<URI> addresses,

        @Schema(required = true, description = "How many requests the webserver has refused, by the reason.")
        Map<String, Long> refusals) {}
