package platform.core.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Tells scripts what runs: {@code run/status} holds {@code key=value} lines and is there while the platform is up. */
final class RunFile {

    private final Path file;

    RunFile(DataFolder data) {
        this.file = data.path("run/status");
    }

    /** The platform is up. */
    void write(Options options, long startedSeconds, List<String> addresses) {
        List<String> lines = new ArrayList<>();
        lines.add("started=" + startedSeconds);
        lines.add("http=" + options.http());
        lines.add("https=" + options.https());
        lines.add("bind=" + options.bind());
        addresses.forEach(address -> lines.add("address=" + address));
        try {
            Path fresh = Files.write(file.resolveSibling("status.new"), lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchException("The file " + file + " cannot be written: " + e, e);
        }
    }

    /** The platform is not up, or no longer. */
    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LaunchException("The file " + file + " cannot be removed: " + e, e);
        }
    }
}
