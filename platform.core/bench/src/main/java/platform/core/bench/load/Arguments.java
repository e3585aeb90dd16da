package platform.core.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A command line such as {@code echo bytes=64 binary=true}.
 *
 * @param command its first word
 */
record Arguments(String command, Map<String, String> given, Map<String, String> defaults) {

    /** What has no default, and only some commands take. */
    private static final Map<String, Set<String>> REQUIRED =
            Map.of("open", Set.of("uri", "sockets"), "churn", Set.of("uri"), "get", Set.of("uri"));

    static Arguments parse(String line) {
        String[] words = line.strip().split("\\s+");
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("'" + words[i] + "' is no argument: write KEY=VALUE.");
            }
            given.put(pair[0], pair[1]);
        }
        return new Arguments(words[0], given, Map.of());
    }

    /** With what counts where nothing was given; other arguments than these are refused. */
    Arguments withDefaults(Map<String, String> fallbacks) {
        Set<String> required = REQUIRED.getOrDefault(command, Set.of());
        for (String key : given.keySet()) {
            if (!fallbacks.containsKey(key) && !required.contains(key)) {
                throw new IllegalArgumentException("The command " + command + " takes no argument '" + key + "'.");
            }
        }
        return new Arguments(command, given, fallbacks);
    }

    String text(String key) {
        String value = given.getOrDefault(key, defaults.get(key));
        if (value == null) {
            throw new IllegalArgumentException("The command " + command + " needs " + key + "=...");
        }
        return value;
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    int integer(String key) {
        double number = number(key);
        if (number != Math.rint(number) || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(key + " is a whole number, not '" + text(key) + "'.");
        }
        return (int) number;
    }

    double number(String key) {
        try {
            double number = Double.parseDouble(text(key));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is a number, not '" + text(key) + "'.", e);
        }
        throw new IllegalArgumentException(key + " is not below 0.");
    }
}
