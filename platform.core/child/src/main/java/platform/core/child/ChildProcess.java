package platform.core.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one service. It ends with its standard input: when {@link #close} closes that, and when the platform is
 * gone. A call that it does not live to answer fails at once.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "LANG", "LC_ALL", "TZ");

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final Consumer<String> errors;
    private final Consumer<String> onLost;
    private final ChildExit exit = new ChildExit();
    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final Set<CompletableFuture<?>> calls = ConcurrentHashMap.newKeySet();
    private final ExecutorService reader;
    private volatile boolean closing;
    private volatile String lost;
    private HostCalls host;

    private ChildProcess(
            String name, List<String> command, Path folder, Consumer<String> errors, Consumer<String> onLost) {
        this.name = name;
        this.command = command;
        this.folder = folder;
        this.errors = errors;
        this.onLost = onLost;
        this.reader = Executors.newSingleThreadExecutor(task -> daemon(task, "child-calls-" + name));
    }

    /**
     * Starts the process.
     *
     * @param command its arguments
     * @param folder in which it runs
     * @param platform what it may call, on a thread of its own that must not be held up
     * @param errors takes the lines of its error output
     * @param onLost told how it ended, unless it was closed
     * @throws IOException when it does not start
     */
    public static ChildProcess start(
            String name,
            List<String> command,
            Path folder,
            PlatformCalls platform,
            Consumer<String> errors,
            Consumer<String> onLost)
            throws IOException, InterruptedException {
        ChildProcess child = new ChildProcess(name, command, folder, errors, onLost);
        // The kernel ends a child by PR_SET_PDEATHSIG when the *thread* that started it ends: so this one waits for it.
        daemon(child::live, "child-" + name).start();
        try {
            child.connect(child.started.get(), platform);
            return child;
        } catch (ExecutionException e) {
            throw new IOException("The process of " + name + " does not start: " + e.getCause(), e.getCause());
        }
    }

    private void live() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            // The platform's own environment may hold passwords.
            builder.environment().keySet().retainAll(ENVIRONMENT);
            Process process = builder.start();
            daemon(() -> readErrors(process), "child-errors-" + name).start();
            started.complete(process);
            ended(exit.describe(process.waitFor()));
        } catch (IOException | InterruptedException e) {
            started.completeExceptionally(e);
        }
    }

    private void connect(Process process, PlatformCalls platform) {
        Launcher<HostCalls> calling = new Launcher.Builder<HostCalls>()
                .setLocalService(platform)
                .setRemoteInterface(HostCalls.class)
                .setInput(process.getInputStream())
                .setOutput(process.getOutputStream())
                .setExecutorService(reader)
                .create();
        host = calling.getRemoteProxy();
        calling.startListening();
    }

    private void readErrors(Process process) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                exit.hear(line);
                errors.accept(line);
            }
        } catch (IOException e) {
            LOG.debug("The error output of {} ended", name, e);
        }
    }

    private void ended(String how) {
        lost = how;
        reader.shutdownNow();
        calls.forEach(this::fail);
        if (!closing) {
            onLost.accept(how);
        }
    }

    private void fail(CompletableFuture<?> call) {
        call.completeExceptionally(new ChildLostException(lost));
    }

    /**
     * Calls the process and waits for its answer.
     *
     * @throws ChildLostException when it ends before
     * @throws ChildFailedException when it answers that it failed, with the reason
     */
    public <T> T call(Function<HostCalls, CompletableFuture<T>> call)
            throws ChildLostException, ChildFailedException, InterruptedException {
        CompletableFuture<T> answer = lost == null ? call.apply(host) : new CompletableFuture<>();
        calls.add(answer);
        try {
            if (lost != null) {
                fail(answer);
            }
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChildLostException gone) {
                throw gone;
            }
            throw new ChildFailedException(reason(e.getCause()), e.getCause());
        } finally {
            calls.remove(answer);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof ResponseErrorException error
                ? error.getResponseError().getMessage()
                : String.valueOf(cause.getMessage());
    }

    /** Tells the process something, without an answer. */
    public void tell(Consumer<HostCalls> call) {
        if (lost == null) {
            call.accept(host);
        }
    }

    /** How it ended; null while it lives. */
    public String lost() {
        return lost;
    }

    public long pid() {
        return started.join().pid();
    }

    /** Ends it at once; that counts as a loss. */
    public void kill() {
        started.join().destroyForcibly();
    }

    /** Ends it by the end of its input, and by force when it takes no notice. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Ends it, and waits for so long until it is forced. */
    public void close(Duration patience) {
        closing = true;
        Process process = started.join();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The process of {} did not end within {} s and is killed", name, patience.toSeconds());
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            LOG.debug("The input of {} is closed already", name, e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setContextClassLoader(ChildProcess.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
