package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line of a restore asks for. Secrets come by files and by the environment, which only the platform's user reads.
 *
 * @param phase the part of it to be done
 * @param data the data folder, absolute
 * @param request what the platform's backups need to know, by names of theirs
 */
record RestoreOptions(Phase phase, Path data, Map<String, String> request) {

    static final String USAGE =
            "java -jar platform.core.dist.jar --restore plan|manager|instances --data DIR --target TARGET [--key FILE]"
                    + " [--identity FILE] [--host-key SHA256:...] [--ca FILE]";

    /** The secret keys that open the backups. */
    static final String KEY_VARIABLE = "PLATFORM_RESTORE_KEY";

    /** The password of the target. */
    static final String PASSWORD_VARIABLE = "PLATFORM_RESTORE_PASSWORD";

    /** Each is a process of its own. */
    enum Phase {
        /** Say what would be done. */
        PLAN,
        /** Restore the manager's database and the files. */
        MANAGER,
        /** Restore the instances. */
        INSTANCES;

        /** As the service that does it is called. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static boolean isWanted(List<String> arguments) {
        return arguments.contains("--restore");
    }

    /**
     * @throws LaunchException when an argument is wrong, or a secret is missing
     */
    static RestoreOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!option.startsWith("--") || !rest.hasNext()) {
                throw LaunchException.usage("'" + option + "' is not understood. Usage: " + USAGE);
            }
            given.put(option.substring(2), rest.next());
        }
        Map<String, String> request = new HashMap<>();
        request.put("address", address(required(given, "target")));
        request.put("key", key(given, environment));
        secret(given, environment).ifPresent(secret -> request.put("secret", secret));
        copy(given, "host-key", request, "host.key");
        copy(given, "ca", request, "ca");
        Path data = Path.of(required(given, "data")).toAbsolutePath().normalize();
        request.put("data", data.toString());
        return new RestoreOptions(phase(required(given, "restore")), data, Map.copyOf(request));
    }

    private static String required(Map<String, String> given, String option) {
        String value = given.getOrDefault(option, "");
        if (value.isBlank()) {
            throw LaunchException.usage("The option --" + option + " is missing. Usage: " + USAGE);
        }
        return value;
    }

    private static Phase phase(String id) {
        for (Phase phase : Phase.values()) {
            if (phase.id().equals(id)) {
                return phase;
            }
        }
        throw LaunchException.usage("There is no phase '" + id + "'. Usage: " + USAGE);
    }

    /** A folder is named by its path. */
    private static String address(String target) {
        return target.contains("://")
                ? target
                : Path.of(target).toAbsolutePath().normalize().toUri().toString();
    }

    private static String key(Map<String, String> given, Map<String, String> environment) {
        String key = given.containsKey("key") ? content(given.get("key")) : environment.get(KEY_VARIABLE);
        if (key == null || key.isBlank()) {
            throw new LaunchException("The key that opens the backups is missing: give the file that holds it with"
                    + " --key FILE, or the key itself in " + KEY_VARIABLE + ".");
        }
        return key;
    }

    private static Optional<String> secret(Map<String, String> given, Map<String, String> environment) {
        return given.containsKey("identity")
                ? Optional.of(content(given.get("identity")))
                : Optional.ofNullable(environment.get(PASSWORD_VARIABLE)).filter(it -> !it.isEmpty());
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new LaunchException("The file " + file + " cannot be read: " + e + ".", e);
        }
    }

    private static void copy(Map<String, String> given, String option, Map<String, String> request, String name) {
        if (given.containsKey(option)) {
            request.put(name, given.get(option));
        }
    }

    /** The request holds secrets. */
    @Override
    public String toString() {
        return "RestoreOptions[phase=" + phase + ", data=" + data + "]";
    }
}
