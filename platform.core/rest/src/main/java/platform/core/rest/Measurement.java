package platform.core.rest;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.InstanceId;
import platform.core.api.MetricPoint;

/** What was measured in some seconds or minutes. */
@Schema(description = "What was measured in some seconds or minutes.")
record Measurement(
        @Schema(description = "Of which instance; absent for the platform as a whole.")
        String instance,

        @Schema(required = true, description = "When these seconds or minutes began.")
        Instant at,

        @Schema(required = true, description = "By metric, in its unit.")
        Map<String, Double> values) {

    static Measurement of(MetricPoint point) {
        return new Measurement(point.instance().map(InstanceId::toString).orElse(null), point.at(), Names.of(point));
    }
}
