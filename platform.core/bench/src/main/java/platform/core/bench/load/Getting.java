package platform.core.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for one thing again and again, over connections that stay, one request at a time on each. Of one thread. */
final class Getting implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d{1,9})\r\n");
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int PAUSE_MILLIS = 10;

    private final byte[] request;
    private final InetSocketAddress address;
    private final Selector selector = Selector.open();
    private long requests;
    private long failed;

    Getting(URI uri) throws IOException {
        address = new InetSocketAddress(uri.getHost(), uri.getPort());
        request = ("GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                        + "\r\nUser-Agent: platform-bench\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    Answer run(int connections, double seconds) throws IOException {
        for (int i = 0; i < connections; i++) {
            new Exchange(SocketChannel.open(address)).send();
        }
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        while (System.nanoTime() - end < 0) {
            selector.select(key -> ((Exchange) key.attachment()).read(), PAUSE_MILLIS);
        }
        return Answer.of("requests", requests)
                .with("failed", failed)
                .with("seconds", (System.nanoTime() - begin) / 1e9);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** One connection. */
    private final class Exchange {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
        /** Of the first answer; the others must be as long. */
        private int length;

        Exchange(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            answer.clear();
            channel.write(ByteBuffer.wrap(request));
        }

        void read() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("the server closed the connection");
                }
                if (length == 0) {
                    length = lengthOfFirst();
                }
                if (length > 0 && answer.position() >= length) {
                    requests++;
                    send();
                }
            } catch (IOException e) {
                fail();
            }
        }

        /** Headers and body; 0 while the headers are not complete. */
        private int lengthOfFirst() throws IOException {
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return 0;
            }
            Matcher given = LENGTH.matcher(text.substring(0, end + 2));
            if (!text.startsWith("HTTP/1.1 200 ") || !given.find()) {
                throw new IOException(
                        "the server answered " + text.lines().findFirst().orElse(""));
            }
            return end + 4 + Integer.parseInt(given.group(1));
        }

        private void fail() {
            failed++;
            channel.keyFor(selector).cancel();
        }
    }
}
