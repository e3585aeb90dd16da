package platform.core.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wanted of one of the things that the platform's state is made of.
 *
 * @param values what is named, of the fields
 * @param merged the same with the present values, or defaults, of those that are not named
 * @param secrets what is named, by the secret's name
 */
record StateWanted(String name, Map<String, Object> values, Map<String, Object> merged, Map<String, String> secrets) {

    String text(String key) {
        return (String) merged.get(key);
    }

    /** The text; empty when there is none. */
    Optional<String> given(String key) {
        return Optional.of(text(key)).filter(it -> !it.isEmpty());
    }

    int number(String key) {
        return (Integer) merged.get(key);
    }

    boolean truth(String key) {
        return (Boolean) merged.get(key);
    }

    @SuppressWarnings("unchecked")
    List<String> texts(String key) {
        return (List<String>) merged.get(key);
    }

    @SuppressWarnings("unchecked")
    Map<String, String> entries(String key) {
        return (Map<String, String>) merged.get(key);
    }

    /** Whether the document names a field and another value than the present one. */
    boolean changes(String key, Map<String, Object> present) {
        return values.containsKey(key) && !values.get(key).equals(present.get(key));
    }
}
