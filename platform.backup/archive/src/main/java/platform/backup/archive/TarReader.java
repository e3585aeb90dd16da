package platform.backup.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what {@link TarWriter} writes, and nothing else. */
final class TarReader {

    private final InputStream in;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** A file of the archive. */
    record Entry(String name, byte[] content) {}

    /**
     * The next file; empty at the end, behind which there must be nothing.
     *
     * @throws IOException when it is no such archive
     */
    Optional<Entry> next() throws IOException {
        byte[] header = exactly(TarWriter.BLOCK);
        if (header[0] == 0) {
            requireEnd();
            return Optional.empty();
        }
        if (!text(header, 257, 5).equals("ustar")) {
            throw new IOException("a part has no beginning");
        }
        int length = size(header);
        byte[] content = exactly(length);
        exactly(TarWriter.padding(length));
        return Optional.of(new Entry(text(header, 0, 100), content));
    }

    private static int size(byte[] header) throws IOException {
        try {
            int size = Integer.parseInt(text(header, 124, 12), 8);
            if (size >= 0 && size <= Format.LONGEST_FILE) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IOException("a part has no size", e);
        }
        throw new IOException("a part is too large");
    }

    private static String text(byte[] header, int at, int length) {
        String text = new String(header, at, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("its end is missing");
        }
        return bytes;
    }

    private void requireEnd() throws IOException {
        exactly(TarWriter.BLOCK);
        if (in.read() >= 0) {
            throw new IOException("something follows its end");
        }
    }
}
