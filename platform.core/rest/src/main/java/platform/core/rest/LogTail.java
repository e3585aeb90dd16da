package platform.core.rest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/** Reads what is added to a log, from its end on. A file that was rolled is read to its end, and then the one in its place. */
final class LogTail implements AutoCloseable {

    /** What one look reads at most; a log that grows faster is skipped. */
    static final int MOST = 256 * 1024;

    private final Path path;
    private RandomAccessFile file;
    private Object key;
    private long position;
    /** Whether what comes next may be the rest of a record whose beginning was not read. */
    private boolean partial;

    LogTail(Path path) throws IOException {
        this.path = path;
        open();
        skipTo(file.length());
    }

    /** From the byte before: a record that begins there is then told from the rest of one by the line end before it. */
    private void skipTo(long end) {
        position = Math.max(0, end - 1);
        partial = end > 0;
    }

    private void open() throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        key = keyOf(path);
        position = 0;
        partial = false;
    }

    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** The whole lines that have come since the last time. */
    List<String> read() throws IOException {
        List<String> lines = readOn();
        if (lines.isEmpty() && Files.exists(path) && !Objects.equals(keyOf(path), key)) {
            file.close();
            open();
            return readOn();
        }
        return lines;
    }

    private List<String> readOn() throws IOException {
        long end = file.length();
        if (end - position > MOST) {
            skipTo(end - MOST);
        }
        byte[] bytes = new byte[(int) Math.max(0, end - position)];
        file.seek(position);
        file.readFully(bytes);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        position += whole;
        List<String> lines =
                new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        return partial ? fromFirstRecord(lines) : lines;
    }

    /** Without the rest of a record, which somebody else's text could be taken for the head of another. */
    private List<String> fromFirstRecord(List<String> lines) {
        List<String> records =
                lines.stream().skip(1).dropWhile(line -> line.startsWith(" ")).toList();
        partial = records.isEmpty();
        if (partial && !lines.isEmpty()) {
            position--;
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
