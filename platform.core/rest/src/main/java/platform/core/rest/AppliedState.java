package platform.core.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.PlatformException;
import platform.core.api.StatePlan;
import platform.core.api.StateStep;

/** What was done to bring about what a document describes, or would be. */
@Schema(description = "What was done to bring about what a document describes, or would be.")
record AppliedState(
        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "What there was to do, in order.")
        List<PlannedStep> steps,

        @Schema(
                required = true,
                description = "What of it is done, with what one has to know: the only time that a password is shown.")
        List<Done> done,

        @Schema(description = "Why it ended before the last step, and what is not done; absent when all is.")
        String failure) {

    /** A step that is done. */
    @Schema(name = "DoneStateStep", description = "A step that is done.")
    record Done(
            @Schema(required = true, examples = "create user anna")
            String step,

            @Schema(required = true, description = "What one has to know, such as a password; may be empty.")
            String told) {

        @Override
        public String toString() {
            return "Done[" + step + "]";
        }
    }

    static AppliedState planned(List<StateStep> steps) {
        return new AppliedState(true, shown(steps), List.of(), null);
    }

    /** Does it. What was told of the steps that are done is not lost by one that fails. */
    static AppliedState applied(StatePlan plan, Consumer<String> progress, Call call) {
        List<Done> done = new ArrayList<>();
        String failure = null;
        try {
            plan.apply((step, told) -> {
                done.add(new Done(step.toString(), told));
                call.note(step.toString());
                progress.accept(done.size() + " of " + plan.steps().size() + " steps");
            });
        } catch (PlatformException e) {
            if (done.isEmpty()) {
                throw e;
            }
            failure = e.getMessage();
            call.note(failure);
        }
        return new AppliedState(false, shown(plan.steps()), done, failure);
    }

    private static List<PlannedStep> shown(List<StateStep> steps) {
        return steps.stream().map(PlannedStep::of).toList();
    }
}
