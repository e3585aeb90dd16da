package platform.core.shell;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import platform.core.shell.ShellProtocol.Frame;

/** A client that says what the test wants and remembers what it hears. */
final class TestClient implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final SocketChannel channel;
    private final Thread listener = new Thread(this::listen, "test client");
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private byte[] input = {};
    private int asks;
    private boolean keys;
    private Optional<String> user = Optional.empty();
    private Optional<Integer> status = Optional.empty();
    private boolean over;

    private TestClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Runs a command to its end, with this standard input. */
    static TestClient run(Path socket, String stdin, String... arguments) throws IOException {
        TestClient client = new TestClient(socket);
        client.input = stdin.getBytes(StandardCharsets.UTF_8);
        client.start(ShellProtocol.VERSION, false, arguments);
        client.await(() -> client.over);
        return client;
    }

    /** Runs a command to its end as a user of the platform. */
    static TestClient runAs(Path socket, String user, String... command) throws IOException {
        TestClient client = new TestClient(socket);
        client.user = Optional.of(user);
        client.start(ShellProtocol.VERSION, false, command);
        client.await(() -> client.over);
        return client;
    }

    /** Begins a command without waiting for its end. */
    static TestClient begin(Path socket, String... arguments) throws IOException {
        TestClient client = new TestClient(socket);
        client.start(ShellProtocol.VERSION, false, arguments);
        return client;
    }

    /** A client with a terminal 60 characters wide. */
    static TestClient terminal(Path socket, String... arguments) throws IOException {
        TestClient client = new TestClient(socket);
        client.keys = true;
        client.start(ShellProtocol.VERSION, true, arguments);
        return client;
    }

    static TestClient ofVersion(Path socket, int version) throws IOException {
        TestClient client = new TestClient(socket);
        client.start(version, false);
        client.await(() -> client.over);
        return client;
    }

    private void start(int version, boolean terminal, String... arguments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream hello = new DataOutputStream(bytes);
        hello.writeByte(version);
        hello.writeByte((terminal ? ShellProtocol.TERMINAL : 0) | (user.isPresent() ? ShellProtocol.AS_USER : 0));
        hello.writeShort(60);
        hello.writeShort(24);
        text(hello, "xterm-256color");
        hello.writeInt(arguments.length + (user.isPresent() ? 1 : 0));
        if (user.isPresent()) {
            text(hello, user.get());
        }
        for (String argument : arguments) {
            text(hello, argument);
        }
        send(ShellProtocol.HELLO, bytes.toByteArray());
        listener.setDaemon(true);
        listener.start();
    }

    private static void text(DataOutputStream target, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(utf8.length);
        target.write(utf8);
    }

    private void send(byte type, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + payload.length);
        channel.write(frame.put(type).putInt(payload.length).put(payload).flip());
    }

    /** Types keys; only a client with a terminal has any. */
    TestClient type(String text) throws IOException {
        send(ShellProtocol.STDIN, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestClient resize(int columns) throws IOException {
        send(
                ShellProtocol.RESIZE,
                ByteBuffer.allocate(4)
                        .putShort((short) columns)
                        .putShort((short) 24)
                        .array());
        return this;
    }

    private void listen() {
        FrameReader reader = new FrameReader(channel);
        try {
            for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
                take(next.get());
            }
        } catch (IOException e) {
            synchronized (this) {
                err.append(over ? "" : e.toString());
            }
        }
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    private synchronized void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case ShellProtocol.STDOUT -> out.append(new String(frame.payload(), StandardCharsets.UTF_8));
            case ShellProtocol.STDERR -> err.append(new String(frame.payload(), StandardCharsets.UTF_8));
            case ShellProtocol.EXIT ->
                status = Optional.of(ByteBuffer.wrap(frame.payload()).getInt());
            default -> answer();
        }
        notifyAll();
    }

    /** One ASK is answered by some of the input, the one after its end by the end. */
    private void answer() throws IOException {
        asks++;
        if (!keys) {
            byte[] part = Arrays.copyOf(input, Math.min(Math.max(5, input.length / 10), input.length));
            input = Arrays.copyOfRange(input, part.length, input.length);
            send(ShellProtocol.STDIN, part);
        }
    }

    /** Waits until this has been printed after the last that was waited for. */
    synchronized TestClient awaitOutput(String text) {
        await(() -> out.indexOf(text) >= 0);
        out.delete(0, out.indexOf(text) + text.length());
        return this;
    }

    /** Waits for the command's end. */
    synchronized TestClient awaitEnd() {
        await(() -> over);
        return this;
    }

    private synchronized void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("Waited in vain. Output so far: " + out + err);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    synchronized String out() {
        return out.toString();
    }

    synchronized String err() {
        return err.toString();
    }

    synchronized int asks() {
        return asks;
    }

    /** The exit status; -1 when there was none. */
    synchronized int status() {
        return status.orElse(-1);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    @Override
    public void close() {
        try {
            channel.close();
            listener.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
