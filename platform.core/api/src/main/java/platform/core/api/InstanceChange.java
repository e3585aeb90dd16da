package platform.core.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What shall change about an instance; what is empty stays as it is.
 *
 * @param path a new path on the webserver
 * @param password a new instance password
 * @param settings settings to set; an empty value removes the setting
 */
public record InstanceChange(Optional<String> path, Optional<String> password, Map<String, String> settings) {

    public InstanceChange {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(password, "password");
        settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
        return "InstanceChange[path=" + path + ", settings=" + settings.keySet() + "]";
    }
}
