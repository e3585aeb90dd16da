package platform.core.manager;

import java.util.Map;
import java.util.Optional;

/**
 * Finds host names in text. A name counts only where it stands as a whole: {@code example.com} is in {@code
 * https://example.com/x} and in {@code a@example.com}, but not in {@code notexample.com}, {@code www.example.com} or {@code
 * example.com.evil}. Names are compared ignoring case (RFC 4343).
 */
final class HostNames {

    private HostNames() {}

    /** The text with each of the names replaced by the one that it maps to; none is replaced twice. */
    static String replace(String text, Map<String, String> names) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            Optional<String> found = startsAt(text, at) ? wholeHost(text, at, names) : Optional.empty();
            result.append(found.map(names::get).orElse(text.substring(at, at + 1)));
            at += found.map(String::length).orElse(1);
        }
        return result.toString();
    }

    /** Whether a host below this domain is named: {@code www.example.com} is one of {@code example.com}. */
    static boolean hasHostBelow(String text, String domain) {
        String suffix = "." + domain;
        for (int at = 0; at + suffix.length() <= text.length(); at++) {
            if (text.regionMatches(true, at, suffix, 0, suffix.length())
                    && !startsAt(text, at)
                    && endsAt(text, at + suffix.length())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> wholeHost(String text, int at, Map<String, String> names) {
        return names.keySet().stream()
                .filter(name -> text.regionMatches(true, at, name, 0, name.length()))
                .filter(name -> endsAt(text, at + name.length()))
                .findFirst();
    }

    private static boolean startsAt(String text, int at) {
        return at == 0 || !isPart(text.charAt(at - 1));
    }

    /** A dot ends a name unless more of a name follows: it may be the end of a sentence, or of the DNS root. */
    private static boolean endsAt(String text, int end) {
        if (end < text.length() && text.charAt(end) == '.') {
            return end + 1 == text.length() || !isPart(text.charAt(end + 1));
        }
        return end == text.length() || !isPart(text.charAt(end));
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
