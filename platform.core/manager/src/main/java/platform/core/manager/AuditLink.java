package platform.core.manager;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the chain of the audit.
 *
 * @param number an entry's
 * @param hash that entry's
 */
record AuditLink(long number, String hash) {

    /** Before the first entry. */
    static final AuditLink START = new AuditLink(0, "");

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64}|)");

    /**
     * @throws IllegalArgumentException when it is no link's text
     */
    static AuditLink parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no place in the audit");
        }
        return new AuditLink(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
