package platform.core.rest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an instance uses now. */
@Schema(description = "What an instance uses now.")
record InstanceUse(
        @Schema(required = true, description = "In bytes; 0 while its server is away.")
        long databaseSize,

        @Schema(required = true, description = "The last ten seconds, by metric and in its unit.")
        Map<String, Double> metrics,

        @Schema(required = true) List<Limit> limits) {}
