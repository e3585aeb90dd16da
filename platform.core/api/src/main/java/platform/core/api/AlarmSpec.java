package platform.core.api;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something that somebody should act on. Source and code are its key.
 *
 * @param source what it is about: {@code platform}, {@code webserver}, or an instance, {@code name@domain}
 * @param code what kind of trouble it is, the same each time: {@code disk-full}; 1 to 128 letters, digits and {@code . _ : * -}
 * @param severity how bad it is
 * @param text what is wrong, a sentence or two without passwords; cut at 1000 characters
 * @param cause why it is so, as far as that is known; may be empty; cut at 1000 characters
 * @param fix a shell command that helps, word by word; empty when there is none, and when it has more than 1000 characters: half
 *     a command is none
 */
public record AlarmSpec(
        String source, String code, AlarmSeverity severity, String text, String cause, List<String> fix) {

    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9@._-]{0,319}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:*-]{0,127}");
    private static final int LONGEST = 1000;

    /**
     * @throws PlatformException of kind INVALID when source or code does not have its form
     */
    public AlarmSpec {
        Objects.requireNonNull(severity, "severity");
        if (!SOURCE.matcher(source).matches()) {
            throw PlatformException.invalid("The source of an alarm " + InstanceId.quoted(source)
                    + " is not allowed. Use a short name in lower case, or an instance: webserver, acme@example.com");
        }
        if (!CODE.matcher(code).matches()) {
            throw PlatformException.invalid("The code of an alarm " + InstanceId.quoted(code)
                    + " is not allowed. Use 1 to 128 letters, digits and '.', '_', ':', '*' and '-': disk-full");
        }
        text = cut(text);
        cause = cut(cause);
        fix = String.join(" ", fix).length() > LONGEST ? List.of() : List.copyOf(fix);
    }

    /**
     * An alarm that tells its cause in its text.
     *
     * @param fix a shell command without quotes, its words separated by spaces; may be empty
     */
    public AlarmSpec(String source, String code, AlarmSeverity severity, String text, String fix) {
        this(source, code, severity, text, "", words(fix));
    }

    /** The words of a shell command without quotes. */
    public static List<String> words(String command) {
        return command.isBlank() ? List.of() : List.of(command.strip().split("\\s+"));
    }

    /** How {@link AlarmInfo#id} names it. */
    public String id() {
        return source + "/" + code;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }
}
