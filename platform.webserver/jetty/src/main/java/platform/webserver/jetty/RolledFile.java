package platform.webserver.jetty;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** {@code x.log}, and its rolled predecessors, {@code x.1.log} being the youngest. For one thread. */
final class RolledFile implements AutoCloseable {

    private final Path path;
    private OutputStream out;
    private long size;

    RolledFile(Path path) {
        this.path = path;
    }

    /**
     * Appends lines; rolls the file first if they would make it too large.
     *
     * @param most bytes of a file
     * @param files how many there may be, this one included
     */
    void append(String lines, long most, int files) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        if (out == null) {
            open();
        }
        if (size > 0 && size + bytes.length > most) {
            close();
            roll(files);
            open();
        }
        out.write(bytes);
        size += bytes.length;
    }

    private void open() throws IOException {
        Files.createDirectories(path.getParent());
        out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(path);
    }

    private void roll(int files) throws IOException {
        for (int i = files; Files.deleteIfExists(rolled(i)); i++) {
            // There were more of them once.
            continue;
        }
        for (int i = files - 1; i > 0; i--) {
            if (Files.exists(rolled(i - 1))) {
                Files.move(rolled(i - 1), rolled(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
    }

    private Path rolled(int index) {
        String name = path.getFileName().toString();
        return index == 0 ? path : path.resolveSibling(name.replaceFirst("log$", index + ".log"));
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }
}
