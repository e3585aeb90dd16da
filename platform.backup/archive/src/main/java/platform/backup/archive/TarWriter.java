package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the tar format (POSIX ustar) as far as an archive needs it: plain files with short names, sizes known. */
final class TarWriter {

    static final int BLOCK = 512;

    static final int LONGEST_NAME = 100;

    private static final int BUFFER = 1 << 16;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final OutputStream out;
    private final long seconds;

    /** @param seconds the time of all files, since 1970 */
    TarWriter(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    void file(String name, byte[] content, int length) throws IOException {
        out.write(header(name, length));
        out.write(content, 0, length);
        out.write(new byte[padding(length)]);
    }

    /** @throws IOException when the content has another length */
    void file(String name, InputStream content, long length) throws IOException {
        out.write(header(name, length));
        long left = length;
        byte[] buffer = new byte[BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            left -= read;
            if (left < 0) {
                break;
            }
            out.write(buffer, 0, read);
        }
        if (left != 0) {
            throw new IOException(name + " was changed while it was read: make the backup again");
        }
        out.write(new byte[padding(length)]);
    }

    static int padding(long length) {
        return (int) ((BLOCK - length % BLOCK) % BLOCK);
    }

    private byte[] header(String name, long length) throws IOException {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IOException("The name of " + name + " is too long for a backup: shorten it");
        }
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, octal(length));
        put(header, 136, octal(seconds));
        put(header, CHECKSUM_AT, " ".repeat(CHECKSUM_LENGTH));
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", checksum(header)));
        return header;
    }

    private static String octal(long number) {
        return String.format(Locale.ROOT, "%011o\0", number);
    }

    private static int checksum(byte[] header) {
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        return sum;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** The end: two empty blocks. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }
}
