package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.StateStep;

/** In what the platform differs from a document. */
@Schema(description = "In what the platform differs from a document.")
record StateDifference(
        @Schema(required = true, description = "Whether it differs at all.")
        boolean differs,

        @Schema(required = true, description = "What would be done, in order.")
        List<PlannedStep> steps) {

    static StateDifference of(List<StateStep> steps) {
        return new StateDifference(
                !steps.isEmpty(), steps.stream().map(PlannedStep::of).toList());
    }
}
