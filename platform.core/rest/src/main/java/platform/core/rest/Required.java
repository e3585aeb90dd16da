package platform.core.rest;

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

    static Map<String, String> noNulls(String property, Map<String, String> values) {
        if (values.containsValue(null)) {
            throw ProblemException.invalid("A value in '" + property + "' is null. Use text.");
        }
        return values;
    }
}
