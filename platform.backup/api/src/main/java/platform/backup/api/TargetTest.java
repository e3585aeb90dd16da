package platform.backup.api;

import java.util.List;

/**
 * How the test of a target went.
 *
 * @param target its name
 * @param steps what was done, in order; the last one failed if any did
 */
public record TargetTest(String target, List<TargetStep> steps) {

    public TargetTest {
        steps = List.copyOf(steps);
    }

    public boolean isPassed() {
        return steps.stream().allMatch(TargetStep::passed);
    }
}
