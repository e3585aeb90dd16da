package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The framework's cache of the run before. The framework would empty it at its start, file by file; it is put aside at once
 * instead, and removed when the platform is up. What a killed platform leaves goes the next time.
 */
final class FormerCache {

    private static final String PREFIX = "framework-";

    private FormerCache() {}

    /** Where that fails the framework empties it. */
    static void setAside(DataFolder data) {
        Path cache = data.path("cache/framework");
        try {
            if (Files.exists(cache)) {
                Path aside =
                        cache.resolveSibling(PREFIX + ProcessHandle.current().pid() + "-" + System.nanoTime());
                Files.move(cache, aside, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            System.err.println("The folder " + cache + " cannot be put aside: " + e);
        }
    }

    /** In the background, by the thread that it gives. */
    static Thread removeLater(DataFolder data) {
        Thread thread = new Thread(() -> remove(data.path("cache")), "platform-former-cache");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void remove(Path parent) {
        try {
            for (Path former : formers(parent)) {
                Folders.delete(former);
            }
        } catch (IOException e) {
            System.err.println("Former caches of the framework in " + parent + " cannot be removed: " + e);
        }
    }

    private static List<Path> formers(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
    }
}
