package platform.core.manager;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.utils.properties.Properties;
import platform.core.api.PlatformException;

/** A file of settings that people write, too: what is not changed in it stays, their comments included. */
record SettingsFile(Path file) {

    /** Its lines; none when there is no file. Variables stay as they are written. */
    Properties read() {
        Properties lines = new Properties(false);
        try {
            if (Files.exists(file)) {
                lines.load(file.toFile());
            }
            return lines;
        } catch (IOException | IllegalArgumentException e) {
            throw PlatformException.failed(
                    "The settings in " + file + " cannot be read (" + e.getMessage() + "). Write lines key = value.",
                    e);
        }
    }

    /** Whole or not at all. Others than the platform's user read it only where they could before. */
    void write(Properties lines) {
        // What ends otherwise than in .cfg is no configuration for who watches the folder.
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Set<PosixFilePermission> access = Files.exists(file)
                    ? Files.getPosixFilePermissions(file)
                    : PosixFilePermissions.fromString("rw-------");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(access));
            try (OutputStream out = Files.newOutputStream(draft)) {
                lines.save(out);
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PlatformException.failed(
                    "Cannot write " + file + ": " + e + ". Let the platform's user write there.", e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw PlatformException.failed("Cannot remove " + file + ": " + e + ". Remove it by hand.", e);
        }
    }

    /** What a line says, without blanks around it. */
    static Optional<String> value(Properties lines, String key) {
        return Optional.ofNullable(lines.getProperty(key)).map(String::strip);
    }
}
