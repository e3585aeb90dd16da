package platform.backup.archive;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The names of files on a target. Those of files on their way hold a {@code ~}, which no complete one has: they are never listed,
 * and removed when they are a day old.
 */
final class TargetNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.\\.?(/.*)?");

    private TargetNames() {}

    /**
     * The name itself.
     *
     * @throws IllegalArgumentException when it does not have the form, or would lead out of the target
     */
    static String check(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a file on a target");
        }
        return name;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !DOTS.matcher(name).matches();
    }

    /** The name under which it is written first, beside its place. */
    static String unfinished(String name) {
        return check(name) + "~"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    static boolean isUnfinished(String name) {
        return name.indexOf('~') >= 0;
    }

    /** The folder in which it lies, with a slash at its end; empty for the target's own. */
    static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
