package platform.core.state;

import java.util.List;
import java.util.function.BiConsumer;
import platform.core.api.PlatformException;
import platform.core.api.StatePlan;
import platform.core.api.StateStep;
import platform.core.api.StateStep.Action;

/** Steps, and what does them. */
record Plan(List<PlannedStep> planned) implements StatePlan {

    @Override
    public List<StateStep> steps() {
        return planned.stream().map(PlannedStep::step).toList();
    }

    @Override
    public void apply(BiConsumer<StateStep, String> done) {
        List<String> impossible = steps().stream()
                .filter(it -> it.action() == Action.IMPOSSIBLE)
                .map(it -> it.kind() + " " + it.name() + ": " + it.details().get(0))
                .toList();
        if (!impossible.isEmpty()) {
            throw PlatformException.conflict("Nothing was changed.\n" + String.join("\n", impossible));
        }
        for (int i = 0; i < planned.size(); i++) {
            PlannedStep step = planned.get(i);
            try {
                done.accept(step.step(), step.work().get());
            } catch (PlatformException e) {
                throw new PlatformException(e.kind(), failure(i, e.getMessage()), e);
            }
        }
    }

    private String failure(int failed, String reason) {
        List<String> left = steps().subList(failed + 1, planned.size()).stream()
                .map(StateStep::toString)
                .toList();
        return "Failed: " + planned.get(failed).step() + ": " + reason + "\n" + failed + " of " + planned.size()
                + " steps are done" + (left.isEmpty() ? "." : "; not done: " + String.join(", ", left) + ".")
                + " The same command goes on when the reason is gone.";
    }
}
