package platform.core.rest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which settings shall change. */
@Schema(description = "Which settings shall change.")
record SettingsEdit(
        @Schema(required = true, description = "By key: the new value as text; null to let the default hold.")
        Map<String, String> settings) {

    Map<String, Optional<String>> changes() {
        if (Required.property("settings", settings).isEmpty()) {
            throw ProblemException.invalid("The body does not say what shall change.");
        }
        Map<String, Optional<String>> changes = new TreeMap<>();
        settings.forEach((key, value) -> changes.put(key, Optional.ofNullable(value)));
        return changes;
    }

    @Override
    public String toString() {
        return "SettingsEdit" + (settings == null ? "[]" : settings.keySet().toString());
    }
}
