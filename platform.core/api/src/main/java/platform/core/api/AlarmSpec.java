package platform.core.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something that somebody should act on. Source and code are its key.
 *
 * @param source what it is about: {@code platform}, {@code webserver}, or an instance, {@code name@domain}
 * @param code what kind of trouble it is, the same each time: {@code disk-full}; 1 to 128 letters, digits and {@code . _ : * -}
 * @param severity how bad it is
 * @param text what is wrong, a sentence or two without passwords; cut at 1000 characters
 * @param fix a shell command that helps; empty when there is none
 */
public record AlarmSpec(String source, String code, AlarmSeverity severity, String text, String fix) {

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
        fix = cut(fix);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }
}
