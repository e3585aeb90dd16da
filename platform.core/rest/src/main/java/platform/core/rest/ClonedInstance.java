package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.CloneResult;
import platform.backup.api.RestorePlan;

/** A copy of an instance that was made, or would be. */
@Schema(description = "A copy of an instance that was made, or would be.")
record ClonedInstance(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "Why it cannot be done; empty when it can.")
        List<String> obstacles,

        @Schema(required = true, description = "What one should know.")
        List<String> notes,

        @Schema(description = "How many rows its tables have.")
        Long rows,

        @Schema(description = "Its password: the only time that it is shown.")
        String password) {

    static ClonedInstance of(RestorePlan plan) {
        return new ClonedInstance(plan.instance(), true, plan.obstacles(), plan.notes(), null, null);
    }

    static ClonedInstance of(CloneResult result) {
        return new ClonedInstance(result.instance(), false, List.of(), List.of(), result.rows(), result.password());
    }

    @Override
    public String toString() {
        return "ClonedInstance[" + instance + "]";
    }
}
