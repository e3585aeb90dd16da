package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The few operations on folders that the JDK lacks. */
final class Folders {

    private Folders() {}

    /**
     * Makes the folder; the mode is its own, whether it was there or not. A parent that was missing may be entered by
     * everybody, whatever the umask: the server's user must pass.
     */
    static Path make(Path folder, String mode) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (!Files.isDirectory(folder.getParent())) {
                make(folder.getParent(), "rwx--x--x");
            }
            Files.createDirectory(folder);
        }
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /** Deletes a folder with all that is in it; follows no link; does nothing when it is absent. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> contents;
        try (Stream<Path> walk = Files.walk(folder)) {
            contents = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            Files.deleteIfExists(path);
        }
    }

    /** Deletes the folders that an earlier, interrupted run has left half-made: those whose name has the prefix. */
    static void deleteLeftovers(Path parent, String prefix) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> children = Files.list(parent)) {
            leftovers = children.filter(child -> child.getFileName().toString().startsWith(prefix))
                    .toList();
        }
        for (Path leftover : leftovers) {
            delete(leftover);
        }
    }
}
