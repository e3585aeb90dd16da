package platform.core.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The key of an instance: {@code name@domain}.
 *
 * @param name 1 to 63 lower-case letters, digits, {@code -}, {@code _} and {@code .}; begins and ends with a letter or digit
 * @param domain a DNS name in lower case, such as {@code example.com}; at most 253 characters
 */
public record InstanceId(String name, String domain) implements Comparable<InstanceId> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /**
     * @throws PlatformException of kind INVALID when a part does not have its form
     */
    public InstanceId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(domain, "domain");
        if (!NAME.matcher(name).matches()) {
            throw PlatformException.invalid("Instance name " + quoted(name) + " is not allowed. Use 1 to 63 lower-case"
                    + " letters, digits, '-', '_' and '.', beginning and ending with a letter or digit: acme");
        }
        if (!isDomain(domain)) {
            throw PlatformException.invalid("Instance domain " + quoted(domain)
                    + " is not allowed. Use a DNS name in lower case, at most 253 characters: example.com");
        }
    }

    /**
     * Reads {@code name@domain}.
     *
     * @throws PlatformException of kind INVALID when it does not have that form
     */
    public static InstanceId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw PlatformException.invalid(
                    "Instance " + quoted(text) + " has no '@'. Use name@domain: acme@example.com");
        }
        return new InstanceId(text.substring(0, at), text.substring(at + 1));
    }

    /** Whether it is a DNS name in lower case. */
    static boolean isDomain(String text) {
        return text.length() <= 253 && DOMAIN.matcher(text).matches();
    }

    @Override
    public int compareTo(InstanceId other) {
        int byDomain = domain.compareTo(other.domain);
        return byDomain != 0 ? byDomain : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name + "@" + domain;
    }

    /** In quotes, control characters made visible, cut at 80 characters: fit for a message and a log. */
    public static String quoted(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return "'" + shown.replaceAll("\\p{Cntrl}", "\uFFFD") + "'";
    }
}
