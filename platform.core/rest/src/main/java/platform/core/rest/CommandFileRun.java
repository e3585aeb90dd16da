package platform.core.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.CommandFileReport;
import platform.backup.api.CommandFileStep;

/** What became of a command file. */
@Schema(description = "What became of a command file.")
record CommandFileRun(
        @Schema(required = true, description = "Where it came from, without a password.")
        String url,

        @Schema(required = true) Instant at,

        @Schema(required = true, description = "Whether nothing was done.")
        boolean dryRun,

        @Schema(required = true, description = "Whether something was tried without success.")
        boolean failed,

        @Schema(required = true, description = "What became of its lines, in order.")
        List<Step> steps) {

    static CommandFileRun of(CommandFileReport report) {
        return new CommandFileRun(
                report.url(),
                report.at(),
                report.dryRun(),
                report.failed(),
                report.steps().stream().map(Step::of).toList());
    }

    /** What became of a line, or of one backup that it asks for. */
    @Schema(name = "CommandFileStep", description = "What became of a line, or of one backup that it asks for.")
    record Step(
            @Schema(required = true, description = "From 1.")
            int line,

            @Schema(required = true, description = "The line, or the address that the backup goes to.")
            String command,

            @Schema(required = true, description = "passed, done, would, skipped, unknown or failed")
            String status,

            @Schema(required = true, description = "Why; empty when there is nothing to say.")
            String detail) {

        static Step of(CommandFileStep step) {
            return new Step(step.line(), step.command(), Names.of(step.status()), step.detail());
        }
    }
}
