package platform.core.state;

import java.util.List;
import java.util.function.Supplier;
import platform.core.api.StateStep;
import platform.core.api.StateStep.Action;

/**
 * A step with what does it.
 *
 * @param work does it, and tells what the user has to know, such as a password that was made; empty for nothing
 */
record PlannedStep(StateStep step, Supplier<String> work) {

    PlannedStep(Action action, String kind, String name, List<String> details, Supplier<String> work) {
        this(new StateStep(action, kind, name, details), work);
    }
}
