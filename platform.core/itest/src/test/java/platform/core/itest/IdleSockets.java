package platform.core.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Thousands of WebSockets of one thread, which are opened, asked once, and closed by the server. */
final class IdleSockets implements AutoCloseable {

    /** So many connections are opened at a time: a server's kernel queues no more than that. */
    private static final int AT_A_TIME = 40;

    /** One address has no more than some 28,000 ports. */
    private static final int ADDRESSES = 4;

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final URI uri;
    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocate(8 * 1024);
    private final List<One> all = new ArrayList<>();
    private final Map<Integer, Integer> closeCodes = new TreeMap<>();
    private int open;
    private int echoed;
    private int ended;

    IdleSockets(URI uri) throws IOException {
        this.uri = uri;
        this.selector = Selector.open();
    }

    /** One socket. */
    private final class One {
        private final int number;
        private final SocketChannel channel = SocketChannel.open();
        private boolean opened;

        One(int number) throws IOException {
            this.number = number;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0));
            channel.register(selector, SelectionKey.OP_CONNECT, this);
            channel.connect(new InetSocketAddress("127.0.0.1", uri.getPort()));
        }

        void ready(SelectionKey key) throws IOException {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            } else {
                read();
            }
        }

        private void read() throws IOException {
            received.clear();
            if (channel.read(received) < 0) {
                ended++;
                channel.close();
            } else if (opened) {
                takeFrame(received.flip());
            } else {
                takeAnswer(new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1));
            }
        }

        private void takeAnswer(String answer) {
            if (!answer.startsWith("HTTP/1.1 101 ") || !answer.endsWith("\r\n\r\n")) {
                throw new AssertionError("Socket " + number + " is not opened: " + answer);
            }
            opened = true;
            open++;
        }

        private void takeFrame(ByteBuffer frame) throws IOException {
            int opcode = frame.get() & 0x0f;
            byte[] payload = new byte[frame.get()];
            frame.get(payload);
            if (opcode == WireClient.CLOSE) {
                closeCodes.merge(ByteBuffer.wrap(payload).getShort() & 0xffff, 1, Integer::sum);
                write(WireClient.frame(WireClient.FIN | WireClient.CLOSE, payload));
            } else if (opcode == WireClient.TEXT
                    && new String(payload, StandardCharsets.UTF_8).equals(text())
                    && !frame.hasRemaining()) {
                echoed++;
            } else {
                throw new AssertionError("Socket " + number + " has got another frame, of opcode " + opcode);
            }
        }

        private String text() {
            return "I am number " + number;
        }

        void ask() throws IOException {
            write(WireClient.frame(WireClient.FIN | WireClient.TEXT, text().getBytes(StandardCharsets.UTF_8)));
        }

        /** What is so short always finds room in the kernel. */
        private void write(byte[] bytes) throws IOException {
            if (channel.write(ByteBuffer.wrap(bytes)) != bytes.length) {
                throw new AssertionError("The kernel takes no " + bytes.length + " bytes of socket " + number);
            }
        }
    }

    void openAll(int count) throws IOException {
        while (all.size() < count) {
            all.add(new One(all.size()));
            pump("sockets are opened", () -> all.size() - open < AT_A_TIME);
        }
        pump("all sockets are open", () -> open == count);
    }

    /** Sends a message on each and waits for its echo. */
    void askAll() throws IOException {
        int asked = 0;
        for (One one : all) {
            one.ask();
            int least = ++asked - AT_A_TIME;
            pump("messages are echoed", () -> echoed > least);
        }
        pump("all messages are echoed", () -> echoed == all.size());
    }

    /** Looks for so long whether anything happens to them, which must not be. */
    void mustStayOpen(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis();
                left > 0;
                left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
            select(left);
            if (ended > 0 || !closeCodes.isEmpty()) {
                throw new AssertionError(ended + " connections ended; closed with " + closeCodes);
            }
        }
    }

    /** Answers close frames until all are closed. @return how many were closed with which code */
    Map<Integer, Integer> awaitClosed() {
        pump("all are closed", () -> ended == all.size());
        return closeCodes;
    }

    private void pump(String what, BooleanSupplier until) {
        long begin = System.nanoTime();
        while (!until.getAsBoolean()) {
            select(100);
            if (System.nanoTime() - begin > BOUND.toNanos()) {
                throw new AssertionError("After " + BOUND + " still not so: " + what + "; of " + all.size() + " are "
                        + open + " opened, " + echoed + " echoed, " + ended + " ended, closed with " + closeCodes);
            }
        }
    }

    private void select(long milliseconds) {
        try {
            selector.select(
                    key -> {
                        try {
                            ((One) key.attachment()).ready(key);
                        } catch (IOException e) {
                            throw new UncheckedIOException("A socket failed", e);
                        }
                    },
                    milliseconds);
        } catch (IOException e) {
            throw new UncheckedIOException("The sockets cannot be waited for", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (One one : all) {
            one.channel.close();
        }
        selector.close();
    }
}
