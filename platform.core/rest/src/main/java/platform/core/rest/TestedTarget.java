package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;

/** How the test of a target went. */
@Schema(name = "BackupTargetTest", description = "How the test of a target went.")
record TestedTarget(
        @Schema(required = true) String target,
        @Schema(required = true) boolean passed,

        @Schema(required = true, description = "In their order; the last one failed if any did.")
        List<Step> steps) {

    /** What was done. */
    @Schema(name = "BackupTargetStep", description = "What was done.")
    record Step(
            @Schema(required = true, description = "connect, write, list, read or delete")
            String name,

            @Schema(required = true) boolean passed,

            @Schema(required = true, description = "Why not, and what to do.")
            String message,

            @Schema(required = true) double seconds) {

        static Step of(TargetStep step) {
            return new Step(step.name(), step.passed(), step.message(), Times.seconds(step.took()));
        }
    }

    static TestedTarget of(TargetTest test) {
        return new TestedTarget(
                test.target(),
                test.isPassed(),
                test.steps().stream().map(Step::of).toList());
    }
}
