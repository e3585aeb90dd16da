package platform.core.api;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A limit as people write it, in the unit of its kind: {@code 20}, {@code 30s}, {@code 512M}, or {@code none}. */
public final class QuotaLimit {

    private static final String NONE = "none";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([KMGT])(I?)B?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4);

    private QuotaLimit() {}

    /**
     * Reads one; absent for none.
     *
     * @throws PlatformException INVALID when it is none
     */
    public static Optional<Long> parse(QuotaKind kind, String text) {
        return text.equals(NONE)
                ? Optional.empty()
                : Optional.of(
                        switch (kind.unit()) {
                            case COUNT -> count(text);
                            case MILLISECONDS -> TimeSpan.parse(text).toMillis();
                            case BYTES -> bytes(text);
                        });
    }

    private static long count(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw PlatformException.invalid(InstanceId.quoted(text) + " is no number");
        }
        return Long.parseLong(text);
    }

    /** As the settings of apps have it: a thousand, or with an i in it 1024. */
    private static long bytes(String text) {
        if (text.matches("\\d{1,15}B")) {
            return Long.parseLong(text.substring(0, text.length() - 1));
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw PlatformException.invalid(InstanceId.quoted(text)
                    + " is no size: give a number and K, M, G or T, such as 512M (KiB, MiB … count by 1024)");
        }
        long unit = 1;
        for (int i = 0; i < POWERS.get(matcher.group(2).toUpperCase(Locale.ROOT)); i++) {
            unit *= matcher.group(3).isEmpty() ? 1000 : 1024;
        }
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /** As {@link #parse} reads it, without loss but of parts of a second. */
    public static String text(QuotaKind kind, Optional<Long> limit) {
        return limit.map(amount -> switch (kind.unit()) {
                    case COUNT -> Long.toString(amount);
                    case MILLISECONDS -> TimeSpan.text(Duration.ofMillis(amount));
                    case BYTES -> text(amount);
                })
                .orElse(NONE);
    }

    private static String text(long bytes) {
        for (String letter : List.of("T", "G", "M", "K")) {
            long decimal = (long) Math.pow(1000, POWERS.get(letter));
            long binary = 1L << 10 * POWERS.get(letter);
            if (bytes >= decimal && bytes % decimal == 0) {
                return bytes / decimal + letter;
            }
            if (bytes >= binary && bytes % binary == 0) {
                return bytes / binary + letter + "iB";
            }
        }
        return bytes + "B";
    }
}
