package platform.core.shell;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.core.api.Caller;

/**
 * What a client sees as {@code /}: the folders of {@link SftpArea} that he may read. Paths are those of a file system whose root is
 * the data folder. What he may not see does not exist, and neither do symbolic links.
 */
final class SftpRoot {

    private final Path data;

    SftpRoot(Path data) {
        this.data = data;
    }

    /**
     * The path that a client means. {@code ..} leads no further up than to the root.
     *
     * @param root the root of the client's file system
     * @throws NoSuchFileException when he may not see it, or a symbolic link is on the way
     */
    Path resolve(Path root, String remote, Caller caller) throws IOException {
        List<String> names = names(remote);
        if (!names.isEmpty() && area(names).filter(it -> it.mayRead(caller)).isEmpty()) {
            throw new NoSuchFileException(remote);
        }
        Path real = data;
        for (String name : names) {
            real = real.resolve(name);
            if (Files.isSymbolicLink(real)) {
                throw new NoSuchFileException(remote);
            }
        }
        return root.resolve("/" + String.join("/", names));
    }

    private static List<String> names(String remote) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : remote.split("/")) {
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw new AccessDeniedException("A name with control characters");
            }
            if (name.equals("..")) {
                names.subList(Math.max(0, names.size() - 1), names.size()).clear();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private static Optional<SftpArea> area(List<String> names) {
        return SftpArea.of(names.get(0));
    }

    /** Where a client's path lies on this machine. */
    Path real(Path path) {
        Path real = data;
        for (Path name : path) {
            real = real.resolve(name.toString());
        }
        return real;
    }

    /** What a client sees of a folder. */
    List<Path> list(Path folder, Caller caller) throws IOException {
        try (Stream<Path> entries = Files.list(real(folder))) {
            return entries.map(entry -> folder.resolve(entry.getFileName().toString()))
                    .filter(entry -> shows(entry, caller))
                    .toList();
        }
    }

    /** The area that a path is in; empty for the root. */
    Optional<SftpArea> area(Path path) {
        return path.getNameCount() == 0
                ? Optional.empty()
                : SftpArea.of(path.getName(0).toString());
    }

    private boolean shows(Path entry, Caller caller) {
        return area(entry).filter(it -> it.mayRead(caller)).isPresent() && !Files.isSymbolicLink(real(entry));
    }

    /**
     * @throws AccessDeniedException when somebody may not change a file, or it is an area itself
     */
    void requireWrite(Path path, Caller caller) throws AccessDeniedException {
        boolean may = path.getNameCount() > 1
                && area(path).filter(it -> it.mayWrite(caller)).isPresent();
        if (!may) {
            throw new AccessDeniedException(path.toString());
        }
    }
}
