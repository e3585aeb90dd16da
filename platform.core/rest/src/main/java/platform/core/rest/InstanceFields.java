package platform.core.rest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.PlatformException;

/** What a call has changed of the instance that it names; of settings the names only, since they may be secrets. */
final class InstanceFields {

    static final InstanceFields NONE = new InstanceFields(Optional::empty);

    private final Supplier<Optional<InstanceInfo>> instance;
    private final Map<String, String> before;
    private Map<String, String> after = Map.of();

    private InstanceFields(Supplier<Optional<InstanceInfo>> instance) {
        this.instance = instance;
        this.before = fields();
    }

    /** @param name an instance's id; of anything else there is nothing to say */
    static InstanceFields of(String name, Parts parts) {
        try {
            InstanceId id = InstanceId.parse(name);
            return new InstanceFields(() -> parts.find(Instances.class).flatMap(it -> it.find(id)));
        } catch (PlatformException notAnInstance) {
            return NONE;
        }
    }

    /** Looks at it again. */
    void look() {
        after = fields();
    }

    private Map<String, String> fields() {
        return instance.get().map(InstanceFields::fields).orElse(Map.of());
    }

    private static Map<String, String> fields(InstanceInfo info) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("state", info.state().toString());
        fields.put("path", info.path());
        fields.put("host", info.host());
        fields.put("formerPaths", info.formerPaths().keySet().toString());
        fields.put("database", info.database());
        fields.put("server", info.server());
        fields.put("settings", new TreeMap<>(info.settings()).keySet().toString());
        fields.put("trace", TraceFlags.words(info.trace()).toString());
        return fields;
    }

    String before() {
        return text(before, after);
    }

    String after() {
        return text(after, before);
    }

    /** What is otherwise in the other. */
    private static String text(Map<String, String> fields, Map<String, String> others) {
        return fields.entrySet().stream()
                .filter(it -> !it.getValue().equals(others.get(it.getKey())))
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(", "));
    }
}
