package platform.core.shell;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A step from the present state of the platform to the one that is wanted.
 *
 * @param kind of what: {@code instance}
 * @param details what becomes of it, {@code path: /a -> /b}; of what cannot be done, why and what to do
 * @param work does it, and tells what the user has to know, such as a password that was made; empty for nothing
 */
record StateStep(Action action, String kind, String name, List<String> details, Supplier<String> work) {

    /** What is done. */
    enum Action {
        CREATE,
        CHANGE,
        REMOVE,
        /** Nothing: somebody has to do it otherwise. */
        IMPOSSIBLE;

        /** As it is shown. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As JSON has it. */
    record Shown(String action, String kind, String name, List<String> details) {}

    Shown shown() {
        return new Shown(action.toString(), kind, name, details);
    }

    @Override
    public String toString() {
        return action + " " + kind + " " + name;
    }
}
