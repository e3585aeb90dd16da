package platform.core.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** One client: connects, upgrades, answers pings and closes, and reports what happens. It holds no buffer while idle. */
final class LoadSocket implements Incoming.Sink {

    /** No close frame came, RFC 6455 7.1.5. */
    static final int VANISHED = 1006;

    private static final int NO_CODE = 1005;
    private static final byte[] NOTHING = {};

    private final int number;
    private final Target target;
    private final SocketEvents events;
    private final LoadBuffers buffers;
    private final Compression compression;
    private State state = State.CONNECTING;
    private SocketChannel channel;
    private Transport transport;
    private Handshake.Agreement agreement;
    private Incoming incoming;
    private byte[] rest = NOTHING;
    private int closeCode = VANISHED;
    private int sequence;
    private long sentAt;

    LoadSocket(int number, Target target, SocketEvents events, LoadBuffers buffers, Compression compression) {
        this.number = number;
        this.target = target;
        this.events = events;
        this.buffers = buffers;
        this.compression = compression;
    }

    private enum State {
        CONNECTING,
        SECURING,
        UPGRADING,
        OPEN,
        CLOSING,
        CLOSED
    }

    void connect(Selector selector) throws IOException {
        channel = target.open();
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        transport = target.transport(channel, key, buffers);
        if (channel.connect(target.address())) {
            connected();
        }
    }

    /** The selector has found the channel ready. */
    void ready(SelectionKey key) {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (key.isValid() && key.isWritable()) {
                transport.flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void connected() throws IOException {
        state = State.SECURING;
        transport.begin();
        upgradeOnceReady();
    }

    private void upgradeOnceReady() throws IOException {
        if (state == State.SECURING && transport.isReady()) {
            state = State.UPGRADING;
            transport.write(ByteBuffer.wrap(target.handshake().request()));
        }
    }

    private void read() throws IOException {
        ByteBuffer in = buffers.in().clear().put(rest);
        int n = transport.read(in);
        take(in.flip());
        rest = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
        in.get(rest);
        if (rest.length == in.capacity()) {
            throw new IOException("a message is longer than " + in.capacity() + " bytes");
        }
        if (n < 0) {
            end("the server ended the connection");
        }
    }

    private void take(ByteBuffer in) throws IOException {
        upgradeOnceReady();
        if (state == State.UPGRADING) {
            open(target.handshake().read(in));
        }
        while (hasFrames() && FrameReader.read(in, incoming)) {
            // Each frame has gone to this socket's own methods, which may have ended it.
            continue;
        }
    }

    private boolean hasFrames() {
        return state == State.OPEN || state == State.CLOSING;
    }

    private void open(Optional<Handshake.Agreement> answer) {
        if (answer.isPresent()) {
            agreement = answer.get();
            incoming = new Incoming(agreement, compression, this);
            state = State.OPEN;
            events.opened(this);
        }
    }

    @Override
    public void message(ByteBuffer payload) {
        if (state == State.OPEN) {
            events.message(this, payload);
        }
    }

    @Override
    public void control(int opcode, ByteBuffer payload) throws IOException {
        if (opcode == Opcode.PING && state == State.OPEN) {
            write(Opcode.PONG, false, payload);
        } else if (opcode == Opcode.CLOSE) {
            closeCode = payload.remaining() < Short.BYTES ? NO_CODE : payload.getShort(payload.position()) & 0xFFFF;
            close(closeCode);
        }
    }

    /** Sends the next message of this socket. */
    void send(Payload payload, boolean binary) {
        try {
            sequence++;
            ByteBuffer message = payload.of(number, sequence);
            sentAt = System.nanoTime();
            int opcode = binary ? Opcode.BINARY : Opcode.TEXT;
            write(opcode, agreement.deflate(), agreement.deflate() ? compression.deflate(message) : message);
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    /** Whether this is an echo of the message that was sent last. */
    boolean isAnswer(Payload payload, ByteBuffer received) {
        return payload.matches(received, number, sequence);
    }

    /** When the last message was sent, by {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
    }

    int number() {
        return number;
    }

    int sequence() {
        return sequence;
    }

    int closeCode() {
        return closeCode;
    }

    /** Begins or answers the close handshake; the server then ends the connection. */
    void close(int code) {
        try {
            if (state == State.OPEN) {
                state = State.CLOSING;
                boolean empty = code == NO_CODE;
                ByteBuffer payload = ByteBuffer.allocate(empty ? 0 : Short.BYTES);
                write(
                        Opcode.CLOSE,
                        false,
                        empty ? payload : payload.putShort((short) code).flip());
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void write(int opcode, boolean compressed, ByteBuffer payload) throws IOException {
        ByteBuffer out = buffers.out().clear();
        FrameWriter.write(out, opcode, compressed, payload, number * 0x9E3779B9 + sequence);
        transport.write(out.flip());
    }

    /** Resets the connection, as when a laptop is shut: nothing is reported. */
    void drop() {
        state = State.CLOSED;
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The peer has already gone; then there is nothing to reset.
            rest = NOTHING;
        }
        shut();
    }

    private void end(String reason) {
        State former = state;
        state = State.CLOSED;
        shut();
        if (former.compareTo(State.OPEN) < 0) {
            events.failed(this, reason);
        } else if (former != State.CLOSED) {
            events.closed(this);
        }
    }

    private void shut() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody can do anything about it, and the kernel has the file back in any case.
            rest = NOTHING;
        }
    }
}
