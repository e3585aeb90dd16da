package platform.core.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code pg_dump} wrote as SQL, so that two can be compared: every statement in its order, and of each table's rows how many
 * they are and a sum of their hashes. A table has no order: COPY puts a short row where an earlier page has room for it.
 */
final class DumpText {

    /** A random word by which pg_dump tells its own commands for psql from those in the data. */
    private static final Pattern RESTRICT = Pattern.compile("\\\\(un)?restrict \\w+");

    private static final Pattern COPY = Pattern.compile("COPY .* FROM stdin;");
    private static final String END_OF_ROWS = "\\.";
    private static final int SHOWN = 200;

    private final MessageDigest digest;

    private DumpText() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** The lines of the file that count, each table's rows as one. */
    static List<String> read(Path file) throws IOException {
        try (BufferedReader dump = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return new DumpText().lines(dump);
        }
    }

    private List<String> lines(BufferedReader dump) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = dump.readLine(); line != null; line = dump.readLine()) {
            if (!RESTRICT.matcher(line).matches()) {
                lines.add(brief(line));
            }
            if (COPY.matcher(line).matches()) {
                lines.add(rows(dump));
            }
        }
        return lines;
    }

    private String brief(String line) {
        return line.length() <= SHOWN
                ? line
                : line.substring(0, SHOWN) + "... SHA-256 " + HexFormat.of().formatHex(hash(line));
    }

    private String rows(BufferedReader dump) throws IOException {
        long count = 0;
        long[] sum = new long[4];
        String row = dump.readLine();
        while (row != null && !row.equals(END_OF_ROWS)) {
            count++;
            LongBuffer hash = ByteBuffer.wrap(hash(row)).asLongBuffer();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += hash.get(i);
            }
            row = dump.readLine();
        }
        return String.format("%d rows, sum of hashes %x %x %x %x", count, sum[0], sum[1], sum[2], sum[3]);
    }

    private byte[] hash(String line) {
        return digest.digest(line.getBytes(StandardCharsets.ISO_8859_1));
    }
}
