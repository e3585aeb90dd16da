package platform.core.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an action changes of the things that it names, for {@link Audit#end}: how they were when this was made, and how they are
 * when {@link #look} is called. Without secrets. For one thread at a time.
 */
public final class AuditDiff {

    private final Collection<Thing> things;
    private final AuditFields fields;
    private final Map<String, String> before;
    private Map<String, String> after = Map.of();

    /**
     * Something with a name.
     *
     * @param kind {@code instance}, {@code user}, {@code app}, {@code sink} or {@code pid}, of settings; of others nothing is told
     */
    public record Thing(String kind, String name) {}

    /** The services that are there now. */
    @FunctionalInterface
    public interface Parts {
        <T> Optional<T> find(Class<T> type);
    }

    /** @param action as in {@link AuditEvent}: the limits of an instance are read only by actions that change them */
    public AuditDiff(String action, Collection<Thing> things, Parts parts) {
        this.things = List.copyOf(things);
        this.fields = new AuditFields(action, parts);
        this.before = read();
    }

    /** Looks at the things again. */
    public void look() {
        after = read();
    }

    private Map<String, String> read() {
        Map<String, String> all = new TreeMap<>();
        for (Thing thing : things) {
            fields.of(thing).forEach((field, value) -> all.put(thing.name() + " " + field, value));
        }
        return all;
    }

    /** What differs, as it was: {@code acme@example.com state=RUNNING}, separated by commas. */
    public String before() {
        return text(before, after);
    }

    /** The same as it is now. */
    public String after() {
        return text(after, before);
    }

    private static String text(Map<String, String> fields, Map<String, String> others) {
        return fields.entrySet().stream()
                .filter(it -> !it.getValue().equals(others.get(it.getKey())))
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(", "));
    }
}
