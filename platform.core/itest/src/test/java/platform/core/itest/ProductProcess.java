package platform.core.itest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process whose output is collected while it runs. */
final class ProductProcess {

    /**
     * How it ended.
     *
     * @param status its exit status
     * @param out its standard output
     * @param err its standard error
     */
    record Result(int status, String out, String err) {}

    private final String name;
    private final Process process;
    private final Output out;
    private final Output err;

    private ProductProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    static ProductProcess start(ProcessBuilder builder) {
        try {
            return new ProductProcess(String.join(" ", builder.command()), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + builder.command(), e);
        }
    }

    /** Starts it, gives it its input, and waits for its end. */
    static Result run(ProcessBuilder builder, String input, Duration bound) {
        ProductProcess process = start(builder);
        process.feed(input.getBytes(StandardCharsets.UTF_8));
        process.closeInput();
        return process.finish(bound);
    }

    /** Returns when the process, or the pipe before it, has taken all of it; one that ended takes nothing. */
    void feed(byte[] input) {
        try {
            OutputStream stdin = process.getOutputStream();
            stdin.write(input);
            stdin.flush();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(name + " does not read its input", e);
            }
        }
    }

    /** There is no more input. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(name + " does not read its input", e);
            }
        }
    }

    /** Waits until this has appeared on standard output. */
    MatchResult await(Pattern pattern, Duration bound) {
        return out.await(pattern, bound, this::describe);
    }

    /** Waits for the end; a process that does not end is killed, and the test has failed. */
    Result finish(Duration bound) {
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("Not at its end after " + bound + ": " + describe());
            }
            return new Result(process.exitValue(), out.whole(), err.whole());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + name, e);
        }
    }

    Process process() {
        return process;
    }

    /** What it has said so far. */
    String out() {
        return out.text();
    }

    /** What it has complained about so far. */
    String err() {
        return err.text();
    }

    /** The command and all that it has said so far. */
    String describe() {
        return name + "\n--- standard output\n" + out.text() + "\n--- standard error\n" + err.text();
    }

    /** One stream, read to its end by a thread of its own. */
    private static final class Output {

        private final StringBuilder text = new StringBuilder();
        private final Thread reader;
        private boolean ended;

        Output(InputStream stream) {
            reader = new Thread(() -> read(stream), "process output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream stream) {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                append("[" + e + "]");
            } finally {
                end();
            }
        }

        private synchronized void append(String more) {
            text.append(more);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized String text() {
            return text.toString();
        }

        /** All of it, once the process has ended; a grandchild that keeps the stream open is not waited for. */
        String whole() throws InterruptedException {
            reader.join(2_000);
            return text();
        }

        synchronized MatchResult await(Pattern pattern, Duration bound, Supplier<String> context) {
            long deadline = System.nanoTime() + bound.toNanos();
            Matcher matcher = pattern.matcher(text);
            while (!matcher.find()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("No '" + pattern + "' within " + bound + ": " + context.get());
                }
                pause(left);
                matcher = pattern.matcher(text);
            }
            return matcher.toMatchResult();
        }

        private void pause(long milliseconds) {
            try {
                wait(milliseconds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for output", e);
            }
        }
    }
}
