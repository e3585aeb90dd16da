package platform.core.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import platform.core.api.DesiredState;
import platform.core.api.PlatformException;
import platform.core.api.StateDocument;
import platform.core.api.StatePlan;
import platform.core.api.StateStep;
import platform.core.api.StateStep.Action;

/** A state that wants two users; the second one cannot be made where the document says so. */
final class FakeState implements DesiredState {

    static final String DOCUMENT = "{\"users\":{\"carl\":{\"role\":\"viewer\"}}}";

    final List<StateDocument> documents = new ArrayList<>();
    final List<String> users = new ArrayList<>();

    @Override
    public Map<String, Object> export() {
        return Map.of("users", Map.of("anna", Map.of("role", "operator")));
    }

    @Override
    public String exportText() {
        return "users:\n  anna:\n    role: operator\n";
    }

    @Override
    public StatePlan plan(StateDocument document) {
        documents.add(document);
        if (!document.text().contains("users")) {
            throw PlatformException.invalid("Line 1, column 1: There is no such section.");
        }
        return new StatePlan() {
            @Override
            public List<StateStep> steps() {
                return List.of(
                        new StateStep(Action.CREATE, "user", "carl", List.of("role: viewer")),
                        new StateStep(Action.CREATE, "user", "dora", List.of("role: viewer")));
            }

            @Override
            public void apply(BiConsumer<StateStep, String> done) {
                for (StateStep step : steps()) {
                    if (document.text().contains("no " + step.name())) {
                        throw PlatformException.conflict("Failed: " + step + ".");
                    }
                    users.add(step.name());
                    done.accept(step, "password (shown only now): made-for-" + step.name());
                }
            }
        };
    }
}
