package platform.core.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that we start, speak to by lines, and end: by its own process id, at the latest when this JVM ends. What it
 * says on standard error is in a file, whose end is part of every complaint.
 */
final class Child implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(15);
    private static final String NO_MORE = "\u0000";
    private static final int SHOWN_LINES = 12;

    private final String name;
    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, name + " output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param folder for the file of standard error */
    static Child start(String name, List<String> command, Map<String, String> environment, Path folder) {
        try {
            Path errors = Files.createTempFile(folder, name, ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Child child = new Child(name, builder.start(), errors);
            AtExit.register(child);
            return child;
        } catch (IOException e) {
            throw new BenchException("The process of " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(the output broke off: " + e.getMessage() + ")");
        }
        lines.add(NO_MORE);
    }

    long pid() {
        return process.pid();
    }

    /** Sends a line. */
    void say(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new BenchException(name + " has ended." + complaints(), e);
        }
    }

    /** The next line that it says. */
    String hear(Duration bound) {
        try {
            String line = lines.poll(bound.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new BenchException(name + " said nothing for " + bound.toSeconds() + " s." + complaints());
            }
            if (line.equals(NO_MORE)) {
                throw new BenchException(name + " has ended." + complaints());
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while " + name + " was waited for.", e);
        }
    }

    /** Waits until it ends by itself, and well. */
    void mustEnd(Duration bound) {
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new BenchException(name + " did not end well within " + bound.toSeconds() + " s." + complaints());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while " + name + " was waited for.", e);
        }
    }

    private String complaints() {
        try (Stream<String> said = Files.lines(errors, StandardCharsets.ISO_8859_1)) {
            List<String> all = said.filter(line -> !line.isBlank()).toList();
            List<String> last = all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size());
            return last.isEmpty() ? " It complained of nothing." : " It said: " + String.join(" | ", last);
        } catch (IOException e) {
            return " What it complained of cannot be read: " + e.getMessage();
        }
    }

    /** Kills it, and nothing that it has started. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        AtExit.unregister(this);
    }

    /** Kills it and all that it has started. */
    void killAll() {
        List<ProcessHandle> descendants = process.descendants().toList();
        kill();
        descendants.forEach(ProcessHandle::destroyForcibly);
        descendants.forEach(each -> new ProcFiles(each.pid()).awaitEnd());
    }

    /** Asks it to end, by SIGTERM, and kills it and what it has started if it does not. */
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        if (!awaitEnd()) {
            descendants.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            awaitEnd();
        }
        AtExit.unregister(this);
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
