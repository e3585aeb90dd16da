package platform.core.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import platform.core.api.Caller;

/**
 * What a client has come for, whatever way it came: a shell, a script or a command. One thread does it; others tell of the
 * client's window, of an interrupt, and that the client is gone.
 */
final class ShellWork {

    private static final Pattern TERM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    private final ShellProcessor processor;
    private final Supplier<Caller> caller;
    private final SessionStreams streams;
    private volatile boolean ended;
    private volatile Optional<Terminal> screen = Optional.empty();
    private volatile Optional<ShellSession> session = Optional.empty();

    ShellWork(ShellProcessor processor, Supplier<Caller> caller, SessionStreams streams) {
        this.processor = processor;
        this.caller = caller;
        this.streams = streams;
    }

    /**
     * A command, or the interactive shell without one, for a client with a terminal.
     *
     * @param history where the lines are remembered
     * @return the exit status
     */
    int onTerminal(String term, Size size, List<String> arguments, Path history) throws IOException {
        try (Terminal terminal = terminal(term, size);
                ShellSession s = new ShellSession(
                        processor,
                        caller,
                        new SessionStreams(terminal.input(), terminal.output(), terminal.output()),
                        terminal,
                        true)) {
            screen = Optional.of(terminal);
            begin(s);
            terminal.handle(Terminal.Signal.INT, signal -> s.interrupt());
            return arguments.isEmpty() ? new LineShell(s, terminal, history).run() : s.run(arguments);
        } finally {
            session = Optional.empty();
            screen = Optional.empty();
        }
    }

    private Terminal terminal(String term, Size size) throws IOException {
        return new ExternalTerminal(
                null,
                "shell",
                TERM.matcher(term).matches() ? term : "ansi",
                streams.in(),
                streams.out(),
                StandardCharsets.UTF_8,
                Terminal.SignalHandler.SIG_IGN,
                false,
                null,
                size);
    }

    /**
     * A command, or a script on standard input without one.
     *
     * @return the exit status
     */
    int onStreams(List<String> arguments) throws IOException {
        try (Terminal standIn = new LineDisciplineTerminal("shell", "dumb", streams.out(), StandardCharsets.UTF_8);
                ShellSession s = new ShellSession(processor, caller, streams, standIn, false)) {
            begin(s);
            return arguments.isEmpty() ? new Script(s, streams.in(), streams.err()).run() : s.run(arguments);
        } finally {
            session = Optional.empty();
        }
    }

    private void begin(ShellSession begun) {
        session = Optional.of(begun);
        if (ended) {
            begun.end();
        }
    }

    /** The client's window has another size. */
    void resize(Size size) {
        screen.ifPresent(terminal -> {
            terminal.setSize(size);
            terminal.raise(Terminal.Signal.WINCH);
        });
    }

    /** Interrupts what runs; a shell goes on. */
    void interrupt() {
        session.ifPresent(ShellSession::interrupt);
    }

    /** The client is gone, or the platform stops: interrupts what runs and lets nothing more begin. */
    void end() {
        ended = true;
        session.ifPresent(ShellSession::end);
    }

    boolean hasTerminal() {
        return screen.isPresent();
    }

    /** Whether nothing runs: a shell waits for its user. */
    boolean isIdle() {
        return session.map(ShellSession::isIdle).orElse(true);
    }
}
