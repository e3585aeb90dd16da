package platform.core.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TLS over TCP. The buffers for what is encrypted belong to the loop; a connection keeps only a record's first part. */
final class TlsTransport implements Transport {

    private static final byte[] NOTHING = {};
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final PlainTransport plain;
    private final LoadBuffers buffers;
    private byte[] rest = NOTHING;
    private boolean ready;
    private boolean ended;

    TlsTransport(SSLEngine engine, PlainTransport plain, LoadBuffers buffers) {
        this.engine = engine;
        this.plain = plain;
        this.buffers = buffers;
    }

    @Override
    public void begin() throws IOException {
        plain.begin();
        engine.beginHandshake();
        wrap(EMPTY);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        ByteBuffer encrypted = buffers.encryptedIn().clear().put(rest);
        int n = plain.read(encrypted);
        encrypted.flip();
        int before = to.position();
        unwrap(encrypted, to);
        rest = encrypted.hasRemaining() ? new byte[encrypted.remaining()] : NOTHING;
        encrypted.get(rest);
        int decrypted = to.position() - before;
        return decrypted == 0 && (n < 0 || ended) ? -1 : decrypted;
    }

    private void unwrap(ByteBuffer encrypted, ByteBuffer to) throws IOException {
        boolean more = encrypted.hasRemaining();
        while (more) {
            SSLEngineResult result = engine.unwrap(encrypted, to);
            ended |= result.getStatus() == Status.CLOSED;
            boolean moved = react(result.getHandshakeStatus()) || result.bytesConsumed() > 0;
            more = moved && result.getStatus() == Status.OK && encrypted.hasRemaining();
        }
    }

    /** Does what the engine needs besides more input; returns whether there was anything. */
    private boolean react(HandshakeStatus status) throws IOException {
        return switch (status) {
            case NEED_TASK -> {
                runTasks();
                react(engine.getHandshakeStatus());
                yield true;
            }
            case NEED_WRAP -> {
                wrap(EMPTY);
                yield true;
            }
            case FINISHED -> {
                ready = true;
                yield true;
            }
            default -> false;
        };
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            wrap(from);
        }
    }

    private void wrap(ByteBuffer from) throws IOException {
        SSLEngineResult result;
        do {
            ByteBuffer encrypted = buffers.encryptedOut().clear();
            result = engine.wrap(from, encrypted);
            if (result.getStatus() == Status.CLOSED && from.hasRemaining()) {
                throw new IOException("the server has ended TLS");
            }
            plain.write(encrypted.flip());
            ready |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        } while (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && result.bytesProduced() > 0);
    }

    @Override
    public void flush() throws IOException {
        plain.flush();
    }
}
