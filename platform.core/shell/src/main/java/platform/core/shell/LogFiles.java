package platform.core.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import platform.core.api.PlatformException;

/** The log files of the platform and its apps, as they are read while they are written: {@code NAME/NAME.log}. */
record LogFiles(Path folder) {

    private static final int BLOCK = 1 << 16;
    private static final long PATIENCE_MS = 250;

    /** What has a log. */
    List<String> names() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(it -> it.getFileName().toString())
                    .filter(name -> Files.isRegularFile(file(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw PlatformException.failed("The logs in " + folder + " cannot be listed: " + e, e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name).resolve(name + ".log");
    }

    /**
     * The last lines of a log.
     *
     * @param follow whether to go on with what comes, until the thread is interrupted
     */
    void read(String name, int count, boolean follow, Consumer<String> reader) {
        if (!names().contains(name)) {
            throw PlatformException.notFound(
                    "There is no log " + Table.quoted(name) + ". There are: " + String.join(", ", names()) + ".");
        }
        Path file = file(name);
        try {
            Object identity = identity(file);
            long position = print(file, beginning(file, count), reader);
            while (follow) {
                Thread.sleep(PATIENCE_MS);
                if (!Files.exists(file)) {
                    continue;
                }
                Object now = identity(file);
                // Rolled: a new file has taken the name.
                boolean rolled = !now.equals(identity) || Files.size(file) < position;
                identity = now;
                position = print(file, rolled ? 0 : position, reader);
            }
        } catch (IOException e) {
            throw PlatformException.failed("The log " + file + " cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** Where the last lines begin. */
    private static long beginning(Path file, int count) throws IOException {
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
    private static long print(Path file, long from, Consumer<String> reader) throws IOException {
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
