package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import platform.core.api.PlatformException;

/** A small file of the platform's machine that a command is given by its name. */
final class HostFile {

    private static final int LARGEST = 1 << 16;

    private HostFile() {}

    /**
     * Its first 64 KiB.
     *
     * @param command that needs it, for the message
     * @param otherwise what else the user can do, with a blank before it; or empty
     */
    static String text(String command, String file, String otherwise) {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                throw new UsageException(command + ": " + Table.quoted(file)
                        + " is not a whole path, and the platform does not know the folder that you are in.");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
        } catch (InvalidPathException | IOException e) {
            throw PlatformException.failed("The file cannot be read by the platform's user: " + e + "." + otherwise, e);
        }
    }
}
