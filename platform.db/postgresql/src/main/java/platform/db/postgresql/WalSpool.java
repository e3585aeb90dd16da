package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import platform.db.api.WalSegment;

/**
 * The folder that the server puts complete segments into, by its module {@code basic_archive}: each is on disk before it has
 * its name. A file of the configuration switches that, so it holds over restarts; no shell has a part in it.
 */
final class WalSpool {

    private static final String MODULE = "basic_archive";
    /** A file that the module was writing when the server ended. */
    private static final String PART = "archtemp.";

    private static final int SEGMENT_NAME = 24;

    private final Path folder;
    private final Path setting;

    WalSpool(PostgresFolders folders) {
        folder = folders.home().resolve("archive");
        setting = folders.settings().resolve("archive.conf");
    }

    boolean isOn() {
        return Files.exists(setting);
    }

    /** Takes effect when the server reads its configuration again. */
    void on(ServerUser user) throws IOException {
        Folders.delete(folder);
        user.own(Folders.make(folder, "rwx------"));
        Path part = setting.resolveSibling("archive.part");
        PostgresCluster.write(
                part,
                "# Switched by backup:archive.\narchive_command = ''\narchive_library = '" + MODULE + "'\n" + MODULE
                        + ".archive_directory = '" + PostgresCluster.escape(folder.toString()) + "'\n");
        Files.move(part, setting, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes effect when the server reads its configuration again. */
    void off() throws IOException {
        Files.deleteIfExists(setting);
    }

    void clear() throws IOException {
        Folders.delete(folder);
    }

    List<WalSegment> segments() throws IOException {
        return names().stream()
                .filter(WalSegment::isName)
                .map(WalSegment::new)
                .sorted()
                .toList();
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    InputStream open(WalSegment segment) throws IOException {
        return Files.newInputStream(folder.resolve(segment.name()));
    }

    /** With a segment goes what is noted about it, the beginning of a backup above all. */
    void remove(WalSegment segment) throws IOException {
        for (String name : names()) {
            String itself = name.startsWith(PART) ? name.substring(PART.length()) : name;
            String begin = itself.substring(0, Math.min(SEGMENT_NAME, itself.length()));
            if (begin.compareTo(segment.name()) <= 0) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }
}
