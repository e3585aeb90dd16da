package platform.core.shell;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;

/** How limits are written and told of. */
final class QuotaText {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([KMGT])(I?)B?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4);

    private QuotaText() {}

    /**
     * A limit as people write it; absent for none.
     *
     * @param what the command, and what of it
     * @throws UsageException when it is none
     */
    static Optional<Long> limit(QuotaKind kind, String what, String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (kind.unit()) {
                        case COUNT -> count(text);
                        case MILLISECONDS -> new TimeSpan().convert(text).toMillis();
                        case BYTES -> bytes(text);
                    });
        } catch (TypeConversionException e) {
            throw new UsageException(what + ": " + e.getMessage() + "; or none, or default for the platform's own");
        }
    }

    private static long count(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new TypeConversionException("'" + text + "' is no number");
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
            throw new TypeConversionException("'" + text + "' is no size: give a number and K, M, G or T, such as 512M"
                    + " (KiB, MiB … count by 1024)");
        }
        long unit = 1;
        for (int i = 0; i < POWERS.get(matcher.group(2).toUpperCase(Locale.ROOT)); i++) {
            unit *= matcher.group(3).isEmpty() ? 1000 : 1024;
        }
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /** A limit as {@link #limit} reads it, without loss but of parts of a second. */
    static String exact(QuotaKind kind, Optional<Long> limit) {
        return limit.map(amount -> switch (kind.unit()) {
                    case COUNT -> Long.toString(amount);
                    case MILLISECONDS -> TimeSpan.text(Duration.ofMillis(amount));
                    case BYTES -> exactBytes(amount);
                })
                .orElse("none");
    }

    private static String exactBytes(long bytes) {
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

    /** A table of limits and what is used of them. */
    static Table table(String first, List<QuotaInfo> infos) {
        Table table = new Table(first, "USE", "LIMIT", "SET BY");
        infos.forEach(it -> table.row(
                name(it.kind()),
                amount(it.kind(), it.use()),
                it.limit().map(limit -> amount(it.kind(), limit)).orElse("none"),
                it.own() ? "instance" : "platform"));
        return table;
    }

    static String name(QuotaKind kind) {
        return switch (kind) {
            case CONNECTIONS -> "connections";
            case STATEMENT_TIME -> "statement time";
            case IDLE_IN_TRANSACTION -> "idle in transaction";
            case TEMP -> "temporary files";
            case SIZE_SOFT -> "size, soft";
            case SIZE_HARD -> "size, hard";
            case REQUESTS -> "requests";
            case SOCKETS -> "sockets";
            case TASKS -> "tasks";
            case LOG -> "log";
        };
    }

    static String amount(QuotaKind kind, long amount) {
        return switch (kind.unit()) {
            case COUNT -> Long.toString(amount);
            case MILLISECONDS -> DatabaseText.seconds(Duration.ofMillis(amount));
            case BYTES -> DatabaseText.bytes(amount);
        };
    }
}
