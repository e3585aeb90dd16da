package platform.core.shell;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import platform.core.api.InstanceId;
import platform.core.api.Instances;
import platform.core.api.SecretNames;

/** What a command has changed of the instances that it names, without secrets. */
final class InstanceDiff {

    /** Says nothing that the time of the entry does not say. */
    private static final Set<String> LEFT_OUT = Set.of("since", "reason", "nextAttempt");

    private final Set<InstanceId> ids;
    private final Supplier<Optional<Instances>> instances;
    private final Map<String, String> before;
    private Map<String, String> after = Map.of();

    InstanceDiff(Set<InstanceId> ids, Supplier<Optional<Instances>> instances) {
        this.ids = ids;
        this.instances = instances;
        this.before = fields();
    }

    /** Looks at them again. */
    void look() {
        after = fields();
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        Optional<Instances> all = instances.get();
        for (InstanceId id : ids) {
            all.flatMap(it -> it.find(id)).ifPresent(info -> flatten(id + " ", Json.tree(info), fields));
        }
        return fields;
    }

    private static void flatten(String name, JsonElement value, Map<String, String> fields) {
        if (value.isJsonObject()) {
            value.getAsJsonObject().asMap().forEach((key, inner) -> {
                if (!LEFT_OUT.contains(key)) {
                    flatten(name.endsWith(" ") ? name + key : name + "." + key, inner, fields);
                }
            });
        } else {
            fields.put(name, value.isJsonPrimitive() ? value.getAsString() : value.toString());
        }
    }

    String before() {
        return text(before, after);
    }

    String after() {
        return text(after, before);
    }

    /** What is otherwise in the other. */
    private static String text(Map<String, String> fields, Map<String, String> others) {
        Map<String, String> differing = new LinkedHashMap<>(fields);
        differing.entrySet().removeIf(it -> it.getValue().equals(others.get(it.getKey())));
        return differing.entrySet().stream()
                .map(it -> SecretNames.shown(it.getKey() + "=" + it.getValue()))
                .collect(Collectors.joining(", "));
    }
}
