package platform.core.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end for what it prints. */
final class Tool {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private Tool() {}

    /** What it has printed; one that fails or takes too long is an exception with that text. */
    static String run(List<String> command) {
        return run(command, Map.of());
    }

    static String run(List<String> command, Map<String, String> environment) {
        return run(command, environment, BOUND);
    }

    static String run(List<String> command, Map<String, String> environment, Duration bound) {
        String name = Path.of(command.get(0)).getFileName().toString();
        try {
            Path output = Files.createTempFile("bench-" + name, ".out");
            try {
                return run(name, command, environment, bound, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new BenchException("The program " + command.get(0) + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while " + name + " ran.", e);
        }
    }

    private static String run(
            String name, List<String> command, Map<String, String> environment, Duration bound, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (!ended || process.exitValue() != 0) {
            throw new BenchException(
                    name + (ended ? " failed with status " + process.exitValue() : " did not end") + ": " + said);
        }
        return said;
    }
}
