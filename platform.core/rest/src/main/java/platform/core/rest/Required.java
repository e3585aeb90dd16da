package platform.core.rest;

import java.util.List;
import java.util.Map;

/** What a body has to have. */
final class Required {

    private Required() {}

    static <T> T property(String name, T value) {
        if (value == null) {
            throw ProblemException.invalid("The property '" + name + "' is missing.");
        }
        return value;
    }

    /** The elements of a list, none of which is null; none when it is absent. */
    static List<String> elements(String name, List<String> values) {
        List<String> given = values == null ? List.of() : values;
        given.forEach(it -> property(name, it));
        return given;
    }

    static Map<String, String> noNulls(String property, Map<String, String> values) {
        if (values.containsValue(null)) {
            throw ProblemException.invalid("A value in '" + property + "' is null. Use text.");
        }
        return values;
    }
}
