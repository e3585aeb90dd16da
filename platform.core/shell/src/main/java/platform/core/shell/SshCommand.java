package platform.core.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jline.terminal.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;

/** What a client has come for over SSH, on a thread of its own: a shell, a script on its standard input, or a command. */
final class SshCommand implements Command {

    private static final Logger log = LoggerFactory.getLogger(SshCommand.class);

    private static final int COLUMNS = 80;
    private static final int LINES = 24;

    private final ShellProcessor processor;
    private final Supplier<Caller> caller;
    private final Path history;
    private final List<String> arguments;
    private final Consumer<SshCommand> over;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private volatile Optional<ShellWork> work = Optional.empty();
    private volatile Optional<Thread> worker = Optional.empty();

    /**
     * A command of somebody.
     *
     * @param arguments a line in the shell's language, or nothing for the shell itself
     * @param over told when it is over
     */
    SshCommand(
            ShellProcessor processor,
            Supplier<Caller> caller,
            Path history,
            List<String> arguments,
            Consumer<SshCommand> over) {
        this.processor = processor;
        this.caller = caller;
        this.history = history;
        this.arguments = arguments;
        this.over = over;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        ShellWork begun = new ShellWork(processor, caller, new SessionStreams(in, out, err));
        work = Optional.of(begun);
        Map<String, String> variables = environment.getEnv();
        environment.addSignalListener((from, signal) -> begun.resize(size(variables)), Signal.WINCH);
        environment.addSignalListener((from, signal) -> begun.interrupt(), Signal.INT, Signal.TERM);
        Thread thread = new Thread(() -> run(begun, variables), "ssh shell");
        thread.setDaemon(true);
        worker = Optional.of(thread);
        thread.start();
    }

    private void run(ShellWork begun, Map<String, String> variables) {
        int status = ShellSession.FAILED;
        try {
            // No client can set it but by asking for a terminal.
            String term = variables.get(Environment.ENV_TERM);
            status = term == null
                    ? begun.onStreams(arguments)
                    : begun.onTerminal(term, size(variables), arguments, history);
            // An interrupt was for the command; what it came to shall still be told.
            Thread.interrupted();
            out.flush();
            err.flush();
        } catch (IOException e) {
            log.debug("An SSH client has hung up before its command's end: {}", e.toString());
        } catch (RuntimeException e) {
            log.error("A shell session over SSH has failed.", e);
        } finally {
            exit.onExit(status);
            over.accept(this);
        }
    }

    private static Size size(Map<String, String> variables) {
        return new Size(
                number(variables.get(Environment.ENV_COLUMNS), COLUMNS),
                number(variables.get(Environment.ENV_LINES), LINES));
    }

    /** A client that does not know its window sends 0, and a strange one whatever it likes. */
    private static int number(String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }

    /** The client is gone. */
    @Override
    public void destroy(ChannelSession channel) {
        work.ifPresent(ShellWork::end);
        worker.ifPresent(Thread::interrupt);
    }

    /** Ends a shell that waits for its user; a command that runs goes on. */
    void endIfIdle() {
        if (work.map(ShellWork::isIdle).orElse(true)) {
            destroy(null);
        }
    }

    /** Waits for its end for some time. */
    void await(long milliseconds) throws InterruptedException {
        if (worker.isPresent()) {
            worker.get().join(Math.max(1, milliseconds));
        }
    }
}
