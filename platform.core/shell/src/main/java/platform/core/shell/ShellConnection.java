package platform.core.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jline.terminal.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.shell.ShellProtocol.Frame;
import platform.core.shell.ShellProtocol.Hello;
import platform.core.shell.ShellProtocol.WindowSize;

/**
 * One client of the shell. Three threads: one takes the client's frames ({@link #run()}), one writes frames, one runs the
 * commands; so that a client that hangs up is noticed whatever the others do.
 */
final class ShellConnection implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ShellConnection.class);
    private static final long PATIENCE_MS = 1000;

    private final SocketChannel channel;
    private final ShellProcessor processor;
    private final Path history;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final AskedInput input;
    private final Thread writing;
    private volatile boolean ended;
    private volatile Optional<Thread> working = Optional.empty();
    private volatile Optional<ShellWork> work = Optional.empty();

    ShellConnection(SocketChannel channel, ShellProcessor processor, Path history) {
        this.channel = channel;
        this.processor = processor;
        this.history = history;
        this.reader = new FrameReader(channel);
        this.writer = new FrameWriter(channel);
        this.input = new AskedInput(() -> writer.send(ShellProtocol.ASK));
        this.writing = daemon(writer, "shell writer");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Serves the client until it has hung up or has been told its exit status. */
    @Override
    public void run() {
        writing.start();
        try (channel) {
            Optional<Frame> first = reader.next();
            if (first.isPresent() && first.get().type() == ShellProtocol.HELLO) {
                Thread worker = daemon(() -> serve(first.get().payload()), "shell");
                working = Optional.of(worker);
                worker.start();
                takeFrames();
            }
        } catch (IOException e) {
            log.debug("A shell client's connection has ended: {}", e.toString());
        } finally {
            end();
            writing.interrupt();
        }
    }

    private void takeFrames() throws IOException {
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            Frame frame = next.get();
            if (frame.type() == ShellProtocol.STDIN) {
                input.feed(frame.payload());
            } else if (frame.type() == ShellProtocol.RESIZE) {
                resize(WindowSize.decode(frame.payload()));
            }
        }
    }

    private void resize(WindowSize size) {
        work.ifPresent(it -> it.resize(new Size(size.columns(), size.rows())));
    }

    /** Runs what the client wants and tells it how that went. */
    private void serve(byte[] greeting) {
        try (channel) {
            int status = answer(greeting);
            // An interrupt was for the command; what it came to shall still be told.
            Thread.interrupted();
            writer.sendExit(status);
            writing.join(PATIENCE_MS);
        } catch (IOException e) {
            log.debug("A shell client has hung up before its command's end: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("A shell session has failed.", e);
        }
    }

    private int answer(byte[] greeting) throws IOException {
        Hello hello;
        Caller caller;
        try {
            hello = Hello.decode(greeting);
            caller = processor.caller(
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName(), hello.user());
        } catch (IOException | PlatformException e) {
            writer.send(ShellProtocol.STDERR, (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            return ShellSession.FAILED;
        }
        OutputStream out = writer.stream(ShellProtocol.STDOUT);
        OutputStream err = writer.stream(ShellProtocol.STDERR);
        ShellWork begun = new ShellWork(processor, () -> caller, new SessionStreams(input, out, err));
        work = Optional.of(begun);
        if (ended) {
            begun.end();
        }
        Size size = new Size(hello.size().columns(), hello.size().rows());
        return hello.terminal()
                ? begun.onTerminal(hello.term(), size, hello.arguments(), history)
                : begun.onStreams(hello.arguments());
    }

    /** Interrupts what runs and lets nothing more begin. */
    private void end() {
        ended = true;
        work.ifPresent(ShellWork::end);
        if (!work.map(ShellWork::hasTerminal).orElse(false)) {
            input.feed(new byte[0]);
        }
        working.ifPresent(Thread::interrupt);
    }

    /** Ends a shell that waits for its user; a command that runs goes on. */
    void endIfIdle() {
        if (work.map(ShellWork::isIdle).orElse(true)) {
            end();
        }
    }

    /** Waits for the command that runs until the time is over, then ends it and hangs up. */
    void close(long deadline) throws IOException {
        try {
            if (working.isPresent()) {
                working.get().join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        channel.close();
    }
}
