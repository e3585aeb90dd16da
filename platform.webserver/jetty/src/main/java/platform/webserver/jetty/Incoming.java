package platform.webserver.jetty;

import java.nio.ByteBuffer;
import platform.webserver.api.PartialWebSocketListener;

/** What a socket is receiving: made when bytes arrive, dropped when nothing has been left unfinished. */
final class Incoming implements MessageReader.Sink {

    private final Socket socket;
    private final SocketGroup group;
    private final MessageReader reader;
    /** Whether nothing more counts. */
    private boolean closed;

    /** What waits for its turn on the instance's executor, and how many bytes it holds. */
    private Runnable waiting;

    private int waitingBytes;

    private long charged;

    /** @param compression null when permessage-deflate was not agreed on */
    Incoming(Socket socket, Compression compression) {
        this.socket = socket;
        this.group = socket.group();
        this.reader = new MessageReader(this, group.engine().limits().message(), compression);
    }

    void keep(ByteBuffer bytes) {
        reader.keep(bytes);
    }

    boolean isIdle() {
        return waitingBytes == 0 && reader.isIdle();
    }

    /**
     * Deals with the bytes, or without any with those that were kept.
     *
     * @return false when the listener must be waited for; what remained of the bytes is kept
     * @throws FrameException when the socket must be closed
     */
    boolean read(ByteBuffer bytes) {
        waitingBytes = 0;
        boolean more;
        if (bytes == null) {
            more = reader.readUnread();
        } else {
            group.bytesIn.add(bytes.remaining());
            more = reader.read(bytes);
            if (!more && !closed) {
                reader.keep(bytes);
            }
        }
        if (!charge(reader.held() + (long) waitingBytes)) {
            waiting = null;
            closed = true;
            socket.end(new CloseFrame(CloseCodes.TRY_AGAIN, "too much waits in the memory"));
        }
        return more || closed;
    }

    /** @return false when the limit is passed and it grew */
    private boolean charge(long bytes) {
        long change = bytes - charged;
        if (change > 0 && !group.budget().hasRoom(change)) {
            return false;
        }
        if (change != 0) {
            charged = bytes;
            group.budget().add(change);
        }
        return true;
    }

    void release() {
        reader.release();
        group.budget().add(-charged);
        charged = 0;
    }

    @Override
    public boolean inParts() {
        return socket.listener() instanceof PartialWebSocketListener;
    }

    @Override
    public boolean text(String part, boolean last) {
        count(last);
        return deliver(part.length(), () -> {
            if (socket.listener() instanceof PartialWebSocketListener partial) {
                partial.onPartialText(socket, part, last);
            } else {
                socket.listener().onText(socket, part);
            }
        });
    }

    @Override
    public boolean binary(ByteBuffer part, boolean last) {
        count(last);
        return deliver(part.remaining(), () -> {
            if (socket.listener() instanceof PartialWebSocketListener partial) {
                partial.onPartialBinary(socket, part, last);
            } else {
                socket.listener().onBinary(socket, part);
            }
        });
    }

    private void count(boolean last) {
        if (last) {
            group.messagesIn.increment();
        }
    }

    @Override
    public boolean control(int opcode, byte[] payload) {
        if (opcode == Frames.CLOSE) {
            closed = true;
            socket.end(CloseFrame.parse(payload));
            return false;
        }
        if (opcode == Frames.PING) {
            socket.pong(payload);
            return true;
        }
        return socket.isAnswerToOurPing(payload)
                || deliver(payload.length, () -> socket.listener().onPong(socket, ByteBuffer.wrap(payload)));
    }

    /** @return the call of the listener that the executor is to be given; null when there is none */
    Runnable takeWaiting() {
        Runnable call = waiting;
        waiting = null;
        return call;
    }

    /** Messages that arrive after a close was sent are nobody's any more. */
    private boolean deliver(int size, Runnable callback) {
        if (!socket.isOpen() || socket.callAtOnce(callback)) {
            return true;
        }
        waiting = callback;
        waitingBytes = Math.max(1, size);
        return false;
    }
}
