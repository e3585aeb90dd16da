package platform.core.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import platform.core.api.PlatformException;
import platform.core.shell.StateStep.Action;

/** The platform's state as one document: what it is, and the steps to another one. */
final class DesiredState {

    private final List<StatePart> parts;
    private final StateSecrets secrets;

    /**
     * @param parts in the order in which they are made: what others name comes first
     * @param data the data folder
     */
    DesiredState(List<StatePart> parts, Path data) {
        this.parts = List.copyOf(parts);
        this.secrets = new StateSecrets(data);
    }

    /** What there is, without secrets. */
    Map<String, Object> export() {
        Map<String, Object> document = new LinkedHashMap<>();
        for (StatePart part : parts) {
            Map<String, Object> all = part.export();
            if (!all.isEmpty()) {
                document.put(part.section(), all);
            }
        }
        return document;
    }

    /**
     * The steps to the state that a document describes, in their order; none when it is so already.
     *
     * @param prune whether what there is in the document's sections and not in the document is removed
     * @throws PlatformException INVALID when the document cannot be understood: the message says where
     */
    List<StateStep> plan(String text, boolean prune) {
        YamlBlock document = YamlBlock.parse(text);
        document.allow(parts.stream().map(StatePart::section).toList());
        List<StateStep> steps = new ArrayList<>();
        List<StateStep> removals = new ArrayList<>();
        for (StatePart part : parts) {
            if (document.has(part.section())) {
                YamlBlock block = document.block(part.section());
                steps.addAll(part.steps(block, prune, secrets));
                // What names others goes before them.
                removals.addAll(0, prune ? part.removals(block) : List.of());
            }
        }
        steps.addAll(removals);
        return steps;
    }

    /**
     * Does the steps, one after the other, up to the first that fails.
     *
     * @param done hears of each that is done, with what its work told
     * @throws PlatformException CONFLICT when one is impossible, nothing was done then; of the kind of the step that failed
     */
    static void apply(List<StateStep> steps, BiConsumer<StateStep, String> done) {
        List<String> impossible = steps.stream()
                .filter(it -> it.action() == Action.IMPOSSIBLE)
                .map(it -> it.kind() + " " + it.name() + ": " + it.details().get(0))
                .toList();
        if (!impossible.isEmpty()) {
            throw PlatformException.conflict("Nothing was changed.\n" + String.join("\n", impossible));
        }
        for (int i = 0; i < steps.size(); i++) {
            StateStep step = steps.get(i);
            try {
                done.accept(step, step.work().get());
            } catch (PlatformException e) {
                throw new PlatformException(e.kind(), failure(steps, i, e.getMessage()), e);
            }
        }
    }

    private static String failure(List<StateStep> steps, int failed, String reason) {
        List<String> left = steps.subList(failed + 1, steps.size()).stream()
                .map(StateStep::toString)
                .toList();
        return "Failed: " + steps.get(failed) + ": " + reason + "\n" + failed + " of " + steps.size()
                + " steps are done" + (left.isEmpty() ? "." : "; not done: " + String.join(", ", left) + ".")
                + " The same command goes on when the reason is gone.";
    }
}
