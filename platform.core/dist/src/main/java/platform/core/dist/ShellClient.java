package platform.core.dist;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * {@code ShellClient [--as USER] DATA [COMMAND ...]}: connects to the shell of the platform that runs on a data folder. One COMMAND is
 * a line in the shell's language; several are a command and its arguments, passed on as they are; none asks for the
 * interactive shell or, where standard input is no terminal, for a script on standard input. Exits as the command does.
 */
public final class ShellClient {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final ShellFrames frames;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Semaphore asked = new Semaphore(0);

    ShellClient(SocketChannel channel, InputStream in, OutputStream out, OutputStream err) {
        this.frames = new ShellFrames(channel);
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        try {
            System.exit(run(arguments, err));
        } catch (LaunchException e) {
            complain(err, e.getMessage());
            System.exit(FAILED);
        }
    }

    private static int run(String[] arguments, OutputStream err) {
        boolean asUser = arguments.length > 2 && arguments[0].equals("--as");
        int data = asUser ? 2 : 0;
        if (arguments.length <= data) {
            complain(err, "Usage: ShellClient [--as USER] DATA [COMMAND ...]");
            return USAGE;
        }
        Optional<String> user = asUser ? Optional.of(arguments[1]) : Optional.empty();
        List<String> command = Arrays.asList(arguments).subList(data + 1, arguments.length);
        if (command.stream().anyMatch(argument -> argument.indexOf('\uFFFD') >= 0)) {
            complain(err, "An argument holds characters that the locale cannot express. Set LC_ALL=C.UTF-8.");
            return USAGE;
        }
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        try (SocketChannel channel = connect(Path.of(arguments[data]))) {
            return new ShellClient(channel, in, out, err).talk(user, command, ShellTerminal.find());
        } catch (IOException e) {
            complain(err, "The connection to the platform was lost.");
            return FAILED;
        }
    }

    private static void complain(OutputStream err, String message) {
        try {
            err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // There is nowhere left to say it; the exit status still does.
            return;
        }
    }

    /** Connects to the platform on this data folder. */
    static SocketChannel connect(Path data) {
        Path run = data.toAbsolutePath().resolve("run");
        if (Files.exists(run) && !Files.isExecutable(run)) {
            throw new LaunchException("Only the user that the platform runs as may use its shell: " + run
                    + " belongs to another. Use that user's account, or root.");
        }
        try {
            Path pointer = run.resolve("shell.path");
            Path socket = Files.exists(pointer) ? Path.of(Files.readString(pointer)) : run.resolve("shell.sock");
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new LaunchException(
                    "The platform is not running on the data folder " + data + ". Start it with: platform start");
        }
    }

    /** Greets, serves the platform's frames, and returns the exit status. */
    int talk(Optional<String> user, List<String> command, Optional<ShellTerminal> terminal) throws IOException {
        ShellFrames.Size size = terminal.map(ShellTerminal::size).orElse(ShellFrames.Size.UNKNOWN);
        String term = Optional.ofNullable(System.getenv("TERM")).orElse("dumb");
        terminal.ifPresent(t -> {
            t.makeRaw();
            ShellTerminal.onResize(
                    () -> sendQuietly(ShellFrames.RESIZE, t.size().encode()));
        });
        frames.send(ShellFrames.HELLO, ShellFrames.hello(terminal.isPresent(), size, term, user, command));
        Thread feeder = new Thread(this::feed, "standard input");
        feeder.setDaemon(true);
        feeder.start();
        try {
            return serve();
        } finally {
            terminal.ifPresent(ShellTerminal::restore);
        }
    }

    private int serve() throws IOException {
        ShellFrames.Frame frame = frames.next();
        while (frame.type() != ShellFrames.EXIT) {
            if (frame.type() == ShellFrames.ASK) {
                asked.release();
            } else if (!write(frame)) {
                return FAILED;
            }
            frame = frames.next();
        }
        return frame.payload().getInt();
    }

    /** False when nobody reads our output any more, as in {@code platform shell app:list | head -1}. */
    private boolean write(ShellFrames.Frame frame) {
        OutputStream target = frame.type() == ShellFrames.STDERR ? err : out;
        try {
            target.write(frame.payload().array());
            target.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads standard input only when it is asked for: what the command does not read is left to the next one. */
    private void feed() {
        byte[] buffer = new byte[8192];
        try {
            int count;
            do {
                asked.acquire();
                count = Math.max(0, in.read(buffer));
                frames.send(ShellFrames.STDIN, Arrays.copyOf(buffer, count));
            } while (count > 0);
        } catch (IOException e) {
            sendQuietly(ShellFrames.STDIN, new byte[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendQuietly(byte type, byte[] payload) {
        try {
            frames.send(type, payload);
        } catch (IOException e) {
            // The platform has hung up, which the reading thread finds out too and says.
            return;
        }
    }
}
