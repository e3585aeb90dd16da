package platform.db.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A segment of the write-ahead log, a file of 16 MB, by the name that PostgreSQL gives it: eight hexadecimal digits each for the
 * timeline, the log and the number in it. Within a timeline they follow one another, and so do their names.
 *
 * @param name such as {@code 00000001000000000000002A}
 */
public record WalSegment(String name) implements Comparable<WalSegment> {

    /** How large a segment is. */
    public static final long BYTES = 16 << 20;

    private static final Pattern FORM = Pattern.compile("[0-9A-F]{24}");
    private static final int PER_LOG = 256;

    /**
     * @throws IllegalArgumentException when it has not that form
     */
    public WalSegment {
        Objects.requireNonNull(name, "name");
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a segment of the write-ahead log");
        }
    }

    /** Whether a segment can be called so. */
    public static boolean isName(String name) {
        return FORM.matcher(name).matches();
    }

    /** The one that follows it. */
    public WalSegment next() {
        long log = Long.parseLong(name.substring(8, 16), 16);
        long number = Long.parseLong(name.substring(16), 16) + 1;
        return new WalSegment(
                name.substring(0, 8) + String.format("%08X%08X", log + number / PER_LOG, number % PER_LOG));
    }

    @Override
    public int compareTo(WalSegment other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
