package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The mark in a data folder that a platform is being restored into: a platform does not start there before its end.
 *
 * @param file it says how far the restore has come
 */
record RestoreMark(Path file) {

    private static final String BEGUN = "begun";
    private static final String MANAGER = "manager";

    static RestoreMark of(Path data) {
        return new RestoreMark(data.resolve("restoring"));
    }

    /**
     * @throws LaunchException when a platform's restore into this folder was begun and not ended
     */
    void requireNone() {
        if (Files.exists(file)) {
            throw new LaunchException("The restore into the data folder " + file.getParent() + " is not finished: give"
                    + " the same command platform restore again, and it goes on. To start without what is missing,"
                    + " remove the file " + file + ".");
        }
    }

    /**
     * @throws LaunchException when there is something else in the folder than a restore that was begun
     */
    void requireEmptyOrBegun() {
        Path data = file.getParent();
        if (!Files.exists(data) || Files.exists(file)) {
            return;
        }
        try (Stream<Path> content = Files.list(data)) {
            if (content.findAny().isPresent()) {
                throw new LaunchException("The data folder " + data + " is not empty, and a platform is restored into"
                        + " an empty one only: choose another with --data DIR.");
            }
        } catch (IOException e) {
            throw new LaunchException("The data folder " + data + " cannot be read: " + e + ".", e);
        }
    }

    boolean hasManager() {
        try {
            return Files.readString(file).strip().equals(MANAGER);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void begin() {
        write(BEGUN);
    }

    void managerDone() {
        write(MANAGER);
    }

    private void write(String content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.writeString(file.resolveSibling("restoring.new"), content + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private LaunchException unusable(IOException e) {
        return new LaunchException("The file " + file + " cannot be read or written: " + e + ".", e);
    }
}
