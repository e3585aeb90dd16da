package platform.core.dist;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Makes the AOT cache (JEP 514) of the next start, in the background and at low priority: a second Java VM with the same
 * options starts the whole platform in a folder of its own, serves a request and stops; what it loaded is the cache.
 * The command {@code platform} says where the cache belongs, and checks its sum before it uses it.
 */
final class AotCache {

    /** Where the cache belongs; unset when there is one, or none is wanted. */
    static final String PROPERTY = "platform.aot.output";

    private static final long BOUND_MINUTES = 5;
    private static final long STOP_SECONDS = 3;
    private static final long NEEDED_SPACE = 600L << 20;

    private final Distribution distribution;
    private final Path cache;
    private final Path fresh;
    private final Path folder;
    private final Thread thread = new Thread(this::make, "platform-aot");
    private Process process;
    private boolean closed;

    private AotCache(Distribution distribution, Path cache) {
        this.distribution = distribution;
        this.cache = cache;
        // Names of our own: a training that a killed platform left behind may still be at it.
        String own = "aot-training-" + ProcessHandle.current().pid();
        this.fresh = cache.resolveSibling(own + ".new");
        this.folder = cache.resolveSibling(own);
    }

    /** Begins, if a cache is wanted; gives what ends it at once. */
    static Runnable trainLater(Distribution distribution, DataFolder data) {
        String output = System.getProperty(PROPERTY);
        if (output == null || data.usableSpace() < NEEDED_SPACE) {
            return () -> {};
        }
        AotCache cache = new AotCache(distribution, Path.of(output));
        cache.thread.setDaemon(true);
        cache.thread.start();
        return cache::stop;
    }

    /** Never disturbs the platform: what goes wrong is noted beside the cache, and not tried again. */
    private void make() {
        try {
            clean();
            if (begin() && succeeded()) {
                keep();
            }
        } catch (IOException e) {
            giveUp(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tidy();
        }
    }

    private synchronized boolean begin() throws IOException {
        if (!closed) {
            ProcessBuilder builder = new ProcessBuilder(command());
            builder.environment().remove(AdminPassword.VARIABLE);
            File log = cache.resolveSibling("aot-training.log").toFile();
            process = builder.redirectErrorStream(true).redirectOutput(log).start();
        }
        return !closed;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-D" + PROPERTY) && !argument.startsWith("-XX:AOT"))
                .forEach(command::add);
        command.add("-XX:AOTCacheOutput=" + fresh);
        command.addAll(List.of("-jar", distribution.jar().toString(), "--training", "--data", folder.toString()));
        command.addAll(List.of("--http", "0", "--https", "0", "--bind", "127.0.0.1"));
        return command;
    }

    private boolean succeeded() throws InterruptedException {
        if (!process.waitFor(BOUND_MINUTES, TimeUnit.MINUTES)) {
            end(process);
        }
        boolean good = process.exitValue() == 0 && Files.exists(fresh);
        if (!good && !isClosed()) {
            giveUp("exit status " + process.exitValue());
        }
        return good;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void keep() throws IOException, InterruptedException {
        Path sum = cache.resolveSibling(cache.getFileName() + ".sum");
        Process cksum = new ProcessBuilder("cksum")
                .redirectInput(fresh.toFile())
                .redirectOutput(sum.toFile())
                .start();
        if (cksum.waitFor() == 0) {
            Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void giveUp(String reason) {
        Path mark = cache.resolveSibling(cache.getFileName() + ".failed");
        try {
            Files.writeString(mark, reason + "; see aot-training.log\n");
        } catch (IOException e) {
            System.err.println("The AOT cache " + cache + " could not be made: " + reason + ", " + e);
        }
    }

    /** Caches of other versions, and what a killed platform left, go before the new one comes. */
    private void clean() throws IOException {
        remove("aot-");
    }

    private void tidy() {
        try {
            remove(folder.getFileName().toString());
        } catch (IOException e) {
            System.err.println("The folder " + folder + " could not be removed: " + e);
        }
    }

    private void remove(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(cache.getParent())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .toList()) {
                Folders.delete(file);
            }
        }
    }

    private void stop() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        try {
            if (running != null && running.isAlive()) {
                end(running);
            }
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its Java VM at once, or it would go on to write the cache; its database in order, for it holds shared memory. */
    private static void end(Process training) throws InterruptedException {
        List<ProcessHandle> children = training.descendants().toList();
        training.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends =
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
