package app.files;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import platform.core.api.PlatformException;

/** Sizes as an administrator writes them: {@code 10GB}, {@code 512 MiB}, {@code 0}. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1_000L),
            Map.entry("kb", 1_000L),
            Map.entry("m", 1_000_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("g", 1_000_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("t", 1_000_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    private ByteSize() {}

    /**
     * In bytes.
     *
     * @throws PlatformException of kind INVALID when it does not have that form
     */
    static long parse(String text) {
        Matcher parts = FORM.matcher(text.trim());
        Long unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw invalid(text);
        }
        BigDecimal bytes = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) > 0) {
            throw invalid(text);
        }
        return bytes.longValue();
    }

    private static PlatformException invalid(String text) {
        return PlatformException.invalid("The setting 'quota' cannot be '" + text
                + "'. Use a number with a unit, B KB MB GB TB or KiB MiB GiB TiB, such as 10GB; 0 for no limit.");
    }
}
