package platform.backup.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import platform.backup.api.BackupException;

/** Writes small files whole or not at all, readable by the platform's user only: addresses may hold passwords. */
final class SettingFiles {

    private SettingFiles() {}

    /** Settings as Configuration Admin reads them from {@code etc}. */
    static void write(Path file, Map<String, String> settings) {
        write(
                file,
                settings.entrySet().stream()
                        .map(it -> it.getKey() + " = " + it.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** @throws BackupException when it cannot be written; the former content is there then */
    static void write(Path file, String content) {
        // What ends otherwise than in .cfg is no configuration for who watches the folder.
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content, StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BackupException("Cannot write " + file + ": " + e + ". Let the platform's user write there.", e);
        }
    }

    /** Removes a file; does nothing when there is none. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new BackupException("Cannot remove " + file + ": " + e + ". Remove it by hand.", e);
        }
    }
}
