package platform.core.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** The data folder and what lies in it. */
record PlatformFolders(Path data) {

    static PlatformFolders of(BundleContext context) {
        String data = context.getProperty("platform.data");
        if (data == null) {
            throw new IllegalStateException("The framework property platform.data does not name the data folder");
        }
        return new PlatformFolders(canonical(Path.of(data)));
    }

    private static Path canonical(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + path + " cannot be used", e);
        }
    }

    /** The folder below the data folder, made if it is not there. */
    Path create(String... names) {
        Path folder = resolve(names);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
    }

    /** The folder below the data folder, made for the platform's user alone if it is not there. */
    Path createPrivate(String... names) {
        Path folder = create(names);
        try {
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be closed to others", e);
        }
    }

    /** Removes the folder and all in it; does nothing when there is none. */
    void delete(String... names) {
        Path folder = resolve(names);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be removed", e);
        }
    }

    /**
     * Gives a folder below the data folder another name, in one step. Does nothing when there is none of the old name, so that
     * it can be repeated.
     */
    void move(String[] from, String[] to) {
        Path source = resolve(from);
        Path target = resolve(to);
        if (!Files.exists(source)) {
            return;
        }
        try {
            Files.createDirectories(target.getParent());
            // Replaces an empty folder, and no other.
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + source + " cannot be moved to " + target, e);
        }
    }

    /** Whether there is a folder of this name with something in it, or something else that is no folder. */
    boolean isOccupied(String... names) {
        Path folder = resolve(names);
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
        }
    }

    private Path resolve(String... names) {
        Path folder = data;
        for (String name : names) {
            folder = folder.resolve(name);
        }
        return folder;
    }
}
