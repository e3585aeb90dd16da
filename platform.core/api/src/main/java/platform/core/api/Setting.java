package platform.core.api;

import java.util.List;
import java.util.Optional;

/**
 * A setting of the platform, as it is declared and as it is set.
 *
 * @param key what it is called in its file
 * @param name what it is called by people
 * @param options the only values that it takes; empty when it takes others, too
 * @param bounds between what a number lies; of a text that may be a number or a word, such as {@code off}, the number's
 * @param standard what holds where nothing is set
 * @param given whether it is set
 * @param value what it is set to; empty when it is not set, and always for a {@link SettingType#SECRET}
 */
public record Setting(
        String key,
        String name,
        String description,
        SettingType type,
        List<String> options,
        Optional<SettingBounds> bounds,
        String standard,
        boolean given,
        Optional<String> value) {

    /** What holds; empty for a secret that is set. */
    public String effective() {
        return value.orElse(given ? "" : standard);
    }
}
