package platform.db.postgresql;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 of a plain dump: of all data, but for the order of a table's rows, and of the headers that name each thing which is defined, with its kind and schema. Not of
 * the definitions themselves, for PostgreSQL writes some otherwise once it has read what it wrote:
 * {@code CHECK (a IN ('x', 'y'))} of a {@code varchar} is one. Rows have no order: COPY puts a short one where an earlier page has
 * room for it. So their number counts, and the sum of their hashes.
 */
final class SqlChecksum extends OutputStream {

    private static final int LONGEST_START = 16;
    private static final int LONGS = 4;

    private final MessageDigest digest = sha256();
    private final MessageDigest rowDigest = sha256();
    private final long[] rowSum = new long[LONGS];
    private long rows;
    private final byte[] start = new byte[LONGEST_START];
    private int length;
    /** Whether the beginning of the line is still being collected. */
    private boolean undecided = true;

    private boolean ignored;
    /** Whether what follows defines something. */
    private boolean definition = true;
    /** Whether the next line is one of a table's rows, which may look like anything but their end. */
    private boolean inTable;
    /** Whether this line is one. */
    private boolean row;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (from < end) {
            from = undecided ? collect(bytes[from], from) : pass(bytes, from, end);
        }
    }

    private int collect(byte b, int from) {
        start[length++] = b;
        if (b == '\n' || length == LONGEST_START) {
            decide();
            undecided = b == '\n';
        }
        return from + 1;
    }

    private void decide() {
        String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        row = inTable && !text.equals("\\.\n");
        ignored = !inTable && isIgnored(text);
        if (inTable && !row) {
            endTable();
        }
        inTable = row || !inTable && !definition && text.startsWith("COPY ");
        update(start, 0, length);
        if (text.endsWith("\n")) {
            endLine();
        }
        length = 0;
    }

    private void update(byte[] bytes, int from, int count) {
        if (!ignored) {
            (row ? rowDigest : digest).update(bytes, from, count);
        }
    }

    private void endLine() {
        if (row) {
            rows++;
            LongBuffer hash = ByteBuffer.wrap(rowDigest.digest()).asLongBuffer();
            for (int i = 0; i < LONGS; i++) {
                rowSum[i] += hash.get(i);
            }
        }
    }

    private void endTable() {
        ByteBuffer table = ByteBuffer.allocate((LONGS + 1) * Long.BYTES).putLong(rows);
        Arrays.stream(rowSum).forEach(table::putLong);
        digest.update(table.array());
        Arrays.fill(rowSum, 0);
        rows = 0;
    }

    private boolean isIgnored(String line) {
        if (line.startsWith("-- Name: ")) {
            definition = true;
            return false;
        }
        if (line.startsWith("-- Data for Name")) {
            definition = false;
            return false;
        }
        // The state of sequences and large objects is set by functions; newer tools write a random key with restrict.
        boolean data = !definition || line.startsWith("SELECT pg_catal");
        return !data || line.startsWith("\\restrict ") || line.startsWith("\\unrestrict ");
    }

    /** The rest of a line, or as much of it as there is. */
    private int pass(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && bytes[to] != '\n') {
            to++;
        }
        boolean whole = to < end;
        int next = whole ? to + 1 : to;
        update(bytes, from, next - from);
        if (whole) {
            endLine();
        }
        undecided = whole;
        return next;
    }

    /** All has been written. */
    String hex() {
        endTable();
        digest.update(Arrays.copyOf(start, length));
        return HexFormat.of().formatHex(digest.digest());
    }
}
