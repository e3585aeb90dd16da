package platform.backup.archive;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of addresses in command files: {@code #L #A #I #D #m #d #bn ##} ({@code reference/concept-app-platform.txt},
 * Hash parameters). A value is escaped, so that it stays what it is wherever it stands in the address.
 */
final class HashParameters {

    private static final Pattern PARAMETER = Pattern.compile("#(?:b(\\d*)|(.)|$)", Pattern.DOTALL);
    private static final int MOST = 1000;
    private static final String UNRESERVED = "-._~";

    private HashParameters() {}

    /** What is wrong with the parameters; empty when nothing is. */
    static Optional<String> mistake(String text) {
        return PARAMETER
                .matcher(text)
                .results()
                .filter(it -> !isKnown(it))
                .findFirst()
                .map(it -> "The parameter " + CommandFileParser.shown(it.group())
                        + " is unknown. Known are #L #A #I #D #m #d ## and #b with a number from 1 to " + MOST + ".");
    }

    private static boolean isKnown(MatchResult match) {
        if (match.group(1) != null) {
            return count(match.group(1)).isPresent();
        }
        return match.group(2) != null && "LAIDmd#".contains(match.group(2));
    }

    private static Optional<Integer> count(String digits) {
        return digits.isEmpty() || digits.length() > 4
                ? Optional.empty()
                : Optional.of(Integer.valueOf(digits)).filter(it -> it > 0 && it <= MOST);
    }

    static boolean counts(String text) {
        return PARAMETER.matcher(text).results().anyMatch(it -> it.group(1) != null);
    }

    /**
     * Puts the values in.
     *
     * @param text without a {@link #mistake}
     * @param values by the letter
     * @param index the rolling index among so many
     */
    static String expand(String text, Map<String, String> values, IntUnaryOperator index) {
        return PARAMETER.matcher(text).replaceAll(it -> Matcher.quoteReplacement(value(it, values, index)));
    }

    private static String value(MatchResult match, Map<String, String> values, IntUnaryOperator index) {
        if (match.group(1) != null) {
            return String.valueOf(index.applyAsInt(Integer.parseInt(match.group(1))));
        }
        return match.group(2).equals("#") ? "%23" : escaped(values.get(match.group(2)));
    }

    /** RFC 3986, section 2.1: everything but unreserved characters as the octets of UTF-8. */
    static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letter || UNRESERVED.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append(String.format("%%%02X", octet));
            }
        }
        return escaped.toString();
    }
}
