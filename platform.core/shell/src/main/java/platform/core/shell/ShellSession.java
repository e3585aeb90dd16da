package platform.core.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.felix.gogo.runtime.Closure;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * A user's session with Gogo: runs lines and commands, prints what they return and why they failed, and knows the exit
 * status. One thread runs; another may {@link #interrupt()}.
 */
final class ShellSession implements AutoCloseable {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Whose commands are found without their scope. */
    static final String SCOPES = "platform:shell:gogo:felix";

    private static final long PATIENCE_MS = 300;
    private static final Logger log = LoggerFactory.getLogger(ShellSession.class);

    private final ShellProcessor processor;
    private final Supplier<Caller> caller;
    private final SessionStreams streams;
    private volatile CommandSession session;
    private volatile Thread runner;
    private volatile boolean running;
    private volatile boolean interrupted;
    private volatile boolean ended;
    private volatile Optional<Integer> exit = Optional.empty();
    private int error;

    /**
     * A session of somebody whose commands have these streams, and this terminal, which is the user's own if it is
     * interactive.
     *
     * @param caller asked at each command: what he may do can change meanwhile
     */
    ShellSession(
            ShellProcessor processor,
            Supplier<Caller> caller,
            SessionStreams streams,
            Terminal terminal,
            boolean interactive) {
        this.processor = processor;
        this.caller = caller;
        this.streams = streams;
        this.session = open();
        session.put(CommandConsole.TERMINAL, terminal);
        session.put(CommandConsole.INTERACTIVE, interactive);
        session.put(CommandSession.OPTION_NO_GLOB, true);
        session.put("SCOPE", SCOPES);
        session.put("exit", (Function) (s, arguments) -> leave(arguments));
    }

    private CommandSession open() {
        CommandSession opened = processor.open(streams.kept(), caller);
        opened.setJobListener((job, before, now) -> observe(job, now));
        return opened;
    }

    private static Void leave(List<Object> arguments) {
        String status = arguments.isEmpty() ? "0" : arguments.get(0).toString();
        if (!status.matches("[0-9]{1,3}")) {
            throw new UsageException("exit: '" + status + "' is no exit status. Use a number from 0 to 255.");
        }
        throw new Leave(Integer.parseInt(status));
    }

    /**
     * Keeps a command's own error code, which Gogo tells nobody else; and keeps what follows an interrupted command on its
     * line from beginning.
     */
    private void observe(Job job, Job.Status now) {
        if (now == Job.Status.Foreground && interrupted) {
            throw new CancellationException("Interrupted.");
        }
        if (now == Job.Status.Done && job.parent() == null && job.result() != null) {
            error = job.result().error();
        }
    }

    CommandSession gogo() {
        return session;
    }

    /** The status by which the user has left; empty while the session goes on. */
    Optional<Integer> exit() {
        return exit;
    }

    /** Runs a command line: one argument is a line in the shell's language, more are a command and its arguments. */
    int run(List<String> arguments) {
        return arguments.size() == 1 ? execute(arguments.get(0)) : call(arguments);
    }

    /**
     * Runs a line in the shell's language. That has variables, pipes and files, which have no roles: who is no administrator
     * types a command and its arguments.
     */
    int execute(CharSequence line) {
        return isAdministrator() ? run(() -> session.execute(line)) : callWords(line);
    }

    /** Who is gone is none. That he is gone his command will say. */
    private boolean isAdministrator() {
        try {
            return caller.get().role() == Role.ADMINISTRATOR;
        } catch (PlatformException e) {
            return false;
        }
    }

    private int callWords(CharSequence line) {
        List<String> words = new DefaultParser().parse(line.toString(), 0).words();
        return words.get(0).isEmpty() ? OK : call(words);
    }

    /** Runs a command with arguments that are taken as they are, whatever characters are in them. */
    int call(List<String> command) {
        String name = command.get(0);
        List<Object> arguments = new ArrayList<>(command.subList(1, command.size()));
        return run(() -> execute((Function) (s, none) -> function(name).execute(s, arguments)));
    }

    /** Runs a function as a command runs; what it throws is for the caller to tell. */
    void runOrThrow(Function function) throws Exception {
        execute(function);
    }

    private Object execute(Function function) throws Exception {
        session.put(".call", function);
        return session.execute(".call");
    }

    private Function function(String name) throws CommandNotFoundException {
        Object function = session.get(name.contains(":") ? name : "*:" + name);
        if (function == null) {
            function = session.get(name);
        }
        if (function instanceof Function callable) {
            return callable;
        }
        throw new CommandNotFoundException(name);
    }

    private int run(Program program) {
        interrupted = false;
        runner = Thread.currentThread();
        running = true;
        error = OK;
        session.put(Closure.PIPE_EXCEPTION, null);
        try {
            Object result = program.run();
            if (result != null) {
                print(streams.out(), session.format(result, Converter.INSPECT));
            }
            return session.get(Closure.PIPE_EXCEPTION) == null ? error : FAILED;
        } catch (Leave e) {
            exit = Optional.of(e.status);
            return e.status;
        } catch (InterruptedException e) {
            // By interrupt() or by the hang-up, which are over with the line.
            return FAILED;
        } catch (Exception e) {
            return report(e);
        } finally {
            running = false;
            renewIfInterrupted();
        }
    }

    private int report(Exception e) {
        if (interrupted && !(e instanceof PlatformException)) {
            return FAILED;
        }
        CommandFailure failure = CommandFailure.of(e, session);
        if (!failure.expected()) {
            log.warn("A shell command has failed.", e);
        }
        print(streams.err(), failure.message());
        return failure.status();
    }

    private static void print(OutputStream target, CharSequence text) {
        try {
            target.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            target.flush();
        } catch (IOException e) {
            log.debug("A shell's output is lost: {}", e.getMessage());
        }
    }

    /** Interrupts what runs: the line is given up. */
    void interrupt() {
        Optional<Job> job = interruptJob();
        if (job.isPresent() && !endsSoon(job.get()) && running) {
            runner.interrupt();
        }
    }

    private Optional<Job> interruptJob() {
        interrupted = running;
        Optional<Job> job = Optional.ofNullable(session.foregroundJob());
        job.ifPresent(Job::interrupt);
        return job;
    }

    /** Gogo would wait for ever for a job that does not heed an interrupt, or that was interrupted before it began. */
    private static boolean endsSoon(Job job) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        synchronized (job) {
            try {
                while (job.status() != Job.Status.Done && System.nanoTime() < end) {
                    job.wait(PATIENCE_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return job.status() == Job.Status.Done;
        }
    }

    /** The user is gone, or the platform stops: interrupts what runs and lets nothing more begin. */
    void end() {
        ended = true;
        exit = exit.or(() -> Optional.of(FAILED));
        interruptJob();
    }

    /** Whether it was ended and not left. */
    boolean isEnded() {
        return ended;
    }

    boolean isIdle() {
        return !running;
    }

    /** An interrupt closes the channels of Gogo's session: it goes on in a new one with the same variables. */
    private void renewIfInterrupted() {
        if (!interrupted || ended) {
            return;
        }
        CommandSession old = session;
        CommandSession renewed = open();
        for (Object name : (Set<?>) old.get(".variables")) {
            renewed.put(name.toString(), old.get(name.toString()));
        }
        session = renewed;
        old.close();
    }

    @Override
    public void close() {
        session.close();
    }

    private interface Program {
        Object run() throws Exception;
    }

    /** Thrown by {@code exit}. */
    private static final class Leave extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Leave(int status) {
            super("exit", null, false, false);
            this.status = status;
        }
    }
}
