package platform.core.api;

import java.util.List;
import java.util.Locale;

/**
 * A step from the present state of the platform to the one that is wanted.
 *
 * @param kind of what: {@code instance}
 * @param details what becomes of it, {@code path: /a -> /b}, without secrets; of what cannot be done, why and what to do
 */
public record StateStep(Action action, String kind, String name, List<String> details) {

    public StateStep {
        details = List.copyOf(details);
    }

    /** What is done. */
    public enum Action {
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

    /** In a line, without the details: {@code create user anna}. */
    @Override
    public String toString() {
        return action + " " + kind + " " + name;
    }
}
