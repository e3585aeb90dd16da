package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** A file system of its own that can really be filled, in memory; only root can mount it. */
final class SmallDisk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it at a new folder. */
    static SmallDisk of(int megabytes) {
        SmallDisk disk = new SmallDisk(Product.newFolder());
        run("mount", "-t", "tmpfs", "-o", "mode=0711,size=" + megabytes + "m", "platform-it", disk.folder.toString());
        return disk;
    }

    private static void run(String... command) {
        ProductProcess.Result result = ProductProcess.run(new ProcessBuilder(List.of(command)), "", PATIENCE);
        assertThat(result.status()).as("%s", result).isZero();
    }

    Path folder() {
        return folder;
    }

    long free() {
        return folder.toFile().getUsableSpace();
    }

    /** Somebody else's file takes all that is left, to the last byte. */
    void fill() {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(foreign(), StandardOpenOption.CREATE)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** That file takes so much that this is left. */
    void leave(long bytes) {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(foreign(), StandardOpenOption.CREATE)) {
            while (free() > bytes) {
                out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take room", e);
        }
    }

    /** That file goes. */
    void empty() {
        ProductFiles.delete(foreign());
    }

    private Path foreign() {
        return folder.resolve("foreign");
    }

    @Override
    public void close() {
        // The server's logger may be a moment later than those whom it logs for.
        run("umount", "--lazy", folder.toString());
        ProductFiles.delete(folder);
    }
}
