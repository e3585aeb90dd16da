package platform.db.postgresql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.db.api.DatabaseException;

/** Short commands: an argument vector in, status and output out. */
final class Command {

    private static final String FOLDERS =
            Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/bin:/bin:/usr/sbin:/sbin";

    private Command() {}

    /** What a command has left: its status, and what it wrote to both outputs. */
    record Result(int status, String output) {
        boolean ok() {
            return status == 0;
        }
    }

    /** Runs the command to its end. */
    static Result run(List<String> command) {
        try {
            Process process = builder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new DatabaseException("Cannot run the program " + command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    /**
     * A process that inherits nothing from the platform's environment: neither a locale that is not installed, nor
     * libpq's variables, nor secrets.
     */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", FOLDERS);
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    /** Where the tool is, if this machine has it. */
    static Optional<String> find(String tool) {
        return Stream.of(FOLDERS.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
