package app.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How far below its resource a method reaches (RFC 4918 10.2). */
enum Depth {
    ZERO("0"),
    ONE("1"),
    INFINITY("infinity");

    private final String text;

    Depth(String text) {
        this.text = text;
    }

    /**
     * Reads the header.
     *
     * @throws DavException 400 when it is none of these
     */
    static Depth parse(String header, Set<Depth> allowed) {
        return Arrays.stream(values())
                .filter(depth -> depth.text.equals(header.trim().toLowerCase(Locale.ROOT)) && allowed.contains(depth))
                .findFirst()
                .orElseThrow(() -> new DavException(
                        400,
                        "This Depth is not allowed here. Use one of: "
                                + String.join(
                                        ", ",
                                        allowed.stream()
                                                .sorted()
                                                .map(Depth::toString)
                                                .toList())));
    }

    @Override
    public String toString() {
        return text;
    }
}
