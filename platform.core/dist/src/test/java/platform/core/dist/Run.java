package platform.core.dist;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A process that a test runs: its lines, standard output and error together, and its exit status. Every wait is bounded. */
final class Run implements AutoCloseable {

    private static final long BOUND_SECONDS = 90;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader = new Thread(this::read, "run-reader");
    private boolean ended;

    private Run(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    static Run begin(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().remove("PLATFORM_ADMIN_PASSWORD");
        builder.environment().put("PLATFORM_AOT", "off");
        builder.environment().putAll(environment);
        try {
            return new Run(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(the output broke off: " + e + ")");
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits for a line that contains the text. */
    synchronized Run awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        Predicate<String> wanted = line -> line.contains(text);
        while (lines.stream().noneMatch(wanted)) {
            if (ended || System.nanoTime() > deadline) {
                throw new AssertionError("'" + text + "' did not come, but:\n" + output());
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
        }
        return this;
    }

    /** Waits for the end of the process. */
    int status() throws InterruptedException {
        if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end. It said:\n" + output());
        }
        reader.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
        return process.exitValue();
    }

    synchronized String output() {
        return String.join("\n", lines);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM; the process's handle, unlike the process, leaves its output open. */
    Run terminate() {
        process.toHandle().destroy();
        return this;
    }

    /** SIGKILL. */
    Run kill() {
        process.toHandle().destroyForcibly();
        return this;
    }

    /** Asks again and again until it is so. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + BOUND_SECONDS + " s: " + what);
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
