package platform.backup.api;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A backup where it lies.
 *
 * @param place the name of a target, or the absolute path of a folder
 * @param name its name there, with folders
 */
public record BackupSource(String place, String name) {

    public BackupSource {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
    }

    /** A file of this machine; its path is absolute. */
    public static BackupSource of(Path file) {
        return new BackupSource(file.getParent().toString(), file.getFileName().toString());
    }

    /** As commands take it: the path of a file, or {@code TARGET:NAME}. */
    @Override
    public String toString() {
        return place.startsWith("/") ? Path.of(place, name).toString() : place + ":" + name;
    }
}
