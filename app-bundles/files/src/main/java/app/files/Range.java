package app.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes (RFC 9110, section 14).
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte
 */
record Range(long first, long last) {

    private static final Pattern HEADER = Pattern.compile("bytes\\s*=\\s*(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPEC = Pattern.compile("(\\d{0,18})-(\\d{0,18})");
    private static final int MAX = 64;

    long length() {
        return last - first + 1;
    }

    /** As a Content-Range header shows it. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /**
     * The ranges of a header that a file of this size has. Empty when the header is malformed or asks for more than the
     * whole file: then it is ignored (RFC 9110 14.2).
     *
     * @throws DavException 416 when the file has none of them
     */
    static List<Range> parse(String header, long size) {
        Matcher ranges = HEADER.matcher(header.trim());
        if (!ranges.matches()) {
            return List.of();
        }
        String[] specs = ranges.group(1).split(",", -1);
        List<Range> satisfiable = new ArrayList<>();
        for (String spec : specs) {
            Matcher parts = SPEC.matcher(spec.trim());
            if (isMalformed(parts) || specs.length > MAX) {
                return List.of();
            }
            Range range = range(parts.group(1), parts.group(2), size);
            if (range.first < size) {
                satisfiable.add(range);
            }
        }
        if (satisfiable.isEmpty()) {
            throw new DavException(416, "The file has " + size + " bytes, and none of the range.");
        }
        long total = satisfiable.stream().mapToLong(Range::length).sum();
        return total > size ? List.of() : satisfiable;
    }

    private static boolean isMalformed(Matcher parts) {
        if (!parts.matches() || parts.group().equals("-")) {
            return true;
        }
        boolean both = !parts.group(1).isEmpty() && !parts.group(2).isEmpty();
        return both && Long.parseLong(parts.group(1)) > Long.parseLong(parts.group(2));
    }

    private static Range range(String first, String last, long size) {
        if (first.isEmpty()) {
            return new Range(Math.max(0, size - Long.parseLong(last)), size - 1);
        }
        long end = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return new Range(Long.parseLong(first), end);
    }
}
