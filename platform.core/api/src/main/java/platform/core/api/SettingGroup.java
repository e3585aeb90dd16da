package platform.core.api;

import java.util.List;
import java.util.Optional;

/**
 * The settings of one part of the platform: those of one file in {@code etc}.
 *
 * @param pid the file's name without its ending; of one of several of a kind {@code KIND~NAME}, in the file {@code KIND-NAME.cfg}
 * @param name what it is called by people
 * @param settings all that can be set, also what is not
 * @param unknown the keys in the file that nobody declares: typing errors, most likely
 */
public record SettingGroup(String pid, String name, String description, List<Setting> settings, List<String> unknown) {

    public Optional<Setting> find(String key) {
        return settings.stream().filter(it -> it.key().equals(key)).findFirst();
    }
}
