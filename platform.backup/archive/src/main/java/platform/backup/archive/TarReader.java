package platform.backup.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what {@link TarWriter} writes, and nothing else. */
final class TarReader {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private int padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * A file of the archive, to be read once, before the next one is asked for.
     *
     * @param bytes its size
     */
    record Entry(String name, long bytes, TarReader tar) {

        /** All of it. */
        byte[] content() throws IOException {
            if (bytes > Format.LONGEST_FILE) {
                throw new IOException("a part is too large");
            }
            return tar.exactly((int) bytes);
        }

        /** Reads on in it, at least a byte; no more than what is left of it must be asked for. */
        int read(byte[] into, int offset, int count) throws IOException {
            int read = tar.in.read(into, offset, count);
            if (read <= 0) {
                throw new EOFException("its end is missing");
            }
            return read;
        }

        /** Copies all of it. */
        void writeTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER];
            for (long left = bytes; left > 0; ) {
                int read = read(buffer, 0, (int) Math.min(left, buffer.length));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /**
     * The next file; empty at the end, behind which there must be nothing.
     *
     * @throws IOException when it is no such archive
     */
    Optional<Entry> next() throws IOException {
        exactly(padding);
        byte[] header = exactly(TarWriter.BLOCK);
        if (header[0] == 0) {
            requireEnd();
            return Optional.empty();
        }
        if (!text(header, 257, 5).equals("ustar")) {
            throw new IOException("a part has no beginning");
        }
        long bytes = size(header);
        padding = TarWriter.padding(bytes);
        return Optional.of(new Entry(text(header, 0, TarWriter.LONGEST_NAME), bytes, this));
    }

    private static long size(byte[] header) throws IOException {
        try {
            long size = Long.parseLong(text(header, 124, 12), 8);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IOException("a part has no size", e);
        }
        throw new IOException("a part has no size");
    }

    private static String text(byte[] header, int at, int length) {
        String text = new String(header, at, length, StandardCharsets.UTF_8);
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
