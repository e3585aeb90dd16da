package platform.core.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory for one folder, that can really be filled. Only root can mount it: others have none. */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** @param megabytes its size; 0 for none */
    static SmallDisk at(Path folder, int megabytes) throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        SmallDisk disk = new SmallDisk(folder, root && megabytes > 0);
        if (disk.mounted) {
            String options = "mode=0711,size=" + megabytes + "m";
            Tool.run(List.of("mount", "-t", "tmpfs", "-o", options, "platform-bench", folder.toString()));
            AtExit.register(disk);
        }
        return disk;
    }

    boolean canBeFilled() {
        return mounted;
    }

    /** Somebody else's file takes all that is left, to the last byte. */
    void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(foreign())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (folder.toFile().getUsableSpace() > BLOCK) {
                throw new BenchException("The disk cannot be filled: " + full.getMessage(), full);
            }
        }
    }

    /** That file goes. */
    void empty() {
        try {
            Files.delete(foreign());
        } catch (IOException e) {
            throw new BenchException("The disk cannot be emptied: " + e.getMessage(), e);
        }
    }

    private Path foreign() {
        return folder.resolve("foreign");
    }

    @Override
    public void close() {
        if (mounted) {
            // The server's logger may be a moment later than those whom it logs for.
            Tool.run(List.of("umount", "--lazy", folder.toString()));
            AtExit.unregister(this);
        }
    }
}
