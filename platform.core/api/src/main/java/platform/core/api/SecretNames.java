package platform.core.api;

import java.util.regex.Pattern;

/** Settings of instances whose names say that their values are secrets: they are neither shown nor exported. */
public final class SecretNames {

    private static final Pattern NAME = Pattern.compile("(?i).*(password|passphrase|secret|token|key).*");
    private static final String HIDDEN = "***";

    private SecretNames() {}

    /** Whether the name of a setting says that its value is a secret. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).matches();
    }

    /** A text {@code NAME=VALUE}, without the value where that is a secret. */
    public static String shown(String pair) {
        int equals = pair.indexOf('=');
        return equals >= 0 && isSecret(pair.substring(0, equals)) ? pair.substring(0, equals + 1) + HIDDEN : pair;
    }
}
