package platform.backup.api;

import java.time.Instant;
import java.util.List;

/**
 * What became of a command file.
 *
 * @param url where it came from; without a password
 * @param at when it was run
 * @param dryRun whether nothing was done
 * @param steps what became of its lines, in order
 */
public record CommandFileReport(String url, Instant at, boolean dryRun, List<CommandFileStep> steps) {

    public CommandFileReport {
        steps = List.copyOf(steps);
    }

    /** Whether something was tried without success. */
    public boolean failed() {
        return steps.stream().anyMatch(step -> step.status() == CommandFileStep.Status.FAILED);
    }
}
