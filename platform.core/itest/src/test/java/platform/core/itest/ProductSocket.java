package platform.core.itest;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that collects what arrives. */
final class ProductSocket implements WebSocket.Listener {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder binary = new StringBuilder();
    private final WebSocket socket;

    /** @param headers names and values */
    ProductSocket(URI uri, String... headers) {
        WebSocket.Builder builder = ProductHttp.CLIENT.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, this)
                .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    ProductSocket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    ProductSocket send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** Sends one message in so many frames. */
    ProductSocket sendParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            socket.sendText(parts[i], i == parts.length - 1).join();
        }
        return this;
    }

    /** Its answer is received as a message. */
    ProductSocket ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)))
                .join();
        return this;
    }

    /** The next message; a binary one in hex. */
    String receive() {
        try {
            return String.valueOf(messages.poll(BOUND.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a message", e);
        }
    }

    /** The code with which the server closes the socket. */
    int closeCode() {
        return closed.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
    }

    void close() {
        socket.abort();
    }

    /** Closes the socket. @return the code with which the server answers */
    int close(int code, String reason) {
        socket.sendClose(code, reason).join();
        return closeCode();
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        messages.add("pong " + StandardCharsets.UTF_8.decode(payload));
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.append(HexFormat.of().formatHex(part));
        if (last) {
            messages.add(binary.toString());
            binary.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
