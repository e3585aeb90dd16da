package platform.tracing.logback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads the end of a log, and what comes.
 *
 * @param reader hears line after line
 */
record LogFollower(Path file, Consumer<String> reader) {

    private static final int BLOCK = 1 << 16;
    private static final long PATIENCE_MS = 250;

    /** @param count how many lines there are to begin with */
    void run(int count) throws IOException, InterruptedException {
        Object identity = identity();
        long position = print(beginning(count));
        while (true) {
            Thread.sleep(PATIENCE_MS);
            if (!Files.exists(file)) {
                continue;
            }
            Object now = identity();
            // Rolled: a new file has taken the name.
            boolean rolled = !now.equals(identity) || Files.size(file) < position;
            identity = now;
            position = print(rolled ? 0 : position);
        }
    }

    private Object identity() throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** Where the last lines begin. */
    private long beginning(int count) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int missing = count + 1;
            byte[] block = new byte[BLOCK];
            for (long end = in.length(); end > 0; end -= BLOCK) {
                int length = (int) Math.min(BLOCK, end);
                in.seek(end - length);
                in.readFully(block, 0, length);
                for (int i = length - 1; i >= 0; i--) {
                    if (block[i] == '\n' && --missing == 0) {
                        return end - length + i + 1;
                    }
                }
            }
            return 0;
        }
    }

    /** Prints the whole lines from a position on, and tells where they end. */
    private long print(long from) throws IOException {
        long position = from;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            for (int length = in.read(block); length > 0; length = in.read(block)) {
                for (int i = 0; i < length; i++) {
                    if (block[i] == '\n') {
                        position += line.size() + 1;
                        reader.accept(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(block[i]);
                    }
                }
            }
        }
        return position;
    }
}
