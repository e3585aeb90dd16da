package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.StateStep;

/** A step to the state that a document describes. */
@Schema(name = "StateStep", description = "A step to the state that a document describes.")
record PlannedStep(
        @Schema(
                required = true,
                description = "create, change or remove; impossible when somebody has to do it otherwise.")
        String action,

        @Schema(required = true, description = "Of what.", examples = "instance")
        String kind,

        @Schema(required = true) String name,

        @Schema(required = true, description = "What becomes of it; of what is impossible, why and what to do.")
        List<String> details) {

    static PlannedStep of(StateStep step) {
        return new PlannedStep(step.action().toString(), step.kind(), step.name(), step.details());
    }
}
