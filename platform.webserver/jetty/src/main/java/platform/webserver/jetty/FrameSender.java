package platform.webserver.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.WebSocketSession.SendResult;

/**
 * A socket as far as it sends: whole frames, in order, at once where the network takes them, else from a queue with a limit.
 * It is the superclass of the socket and no part of it, because each idle socket would pay for another object. All is guarded
 * by the monitor; under it nothing is called that could call back, and nobody else's monitor is taken.
 */
abstract class FrameSender extends TimingWheel.Entry {

    static final int NOT_STUCK = -1;

    private static final Logger LOG = LoggerFactory.getLogger(FrameSender.class);

    private Wire wire;
    private Outgoing outgoing;
    private byte partialOpcode = Frames.CONTINUATION;
    /** Whether a part was refused, and with it the rest of its message. */
    private boolean partRefused;

    abstract SocketGroup group();

    /** Whether messages may be sent. */
    public abstract boolean isOpen();

    /** The close frame is about to leave; called under the monitor. */
    abstract void beginToClose(CloseFrame frame);

    /** From now on it matters whether the peer reads; called outside the monitor. */
    abstract void watch();

    /** All that waited has left; called outside the monitor. */
    abstract void afterDrained();

    void attach(Wire newWire) {
        wire = newWire;
    }

    Wire wire() {
        return wire;
    }

    /** What a frame is for. */
    enum Purpose {
        MESSAGE,
        PART,
        CONTROL,
        CLOSE
    }

    SendResult transmit(int first, ByteBuffer payload, Purpose purpose) {
        return transmit(first, payload, purpose, null);
    }

    /** Sends the close frame, if none was sent before: from that moment on the socket is closing. */
    void transmitClose(CloseFrame frame) {
        transmit(Frames.FIN | Frames.CLOSE, ByteBuffer.wrap(frame.payload()), Purpose.CLOSE, frame);
    }

    /** @param closes null for what is no close frame */
    private SendResult transmit(int first, ByteBuffer payload, Purpose purpose, CloseFrame closes) {
        Outgoing begun = null;
        try {
            synchronized (this) {
                if (!mayLeave(payload.remaining(), purpose)) {
                    refuse(first, purpose);
                    return SendResult.REFUSED;
                }
                if (closes != null) {
                    beginToClose(closes);
                }
                int really = inOrder(first, purpose);
                if (outgoing != null) {
                    outgoing.add(really, payload);
                    return SendResult.QUEUED;
                }
                begun = writeNow(really, payload);
                outgoing = begun;
            }
        } catch (IOException e) {
            LOG.debug("{}: the peer of a WebSocket is gone", group().owner(), e);
            wire.cut();
            return SendResult.REFUSED;
        }
        if (begun == null) {
            return SendResult.SENT;
        }
        watch();
        begun.iterate();
        return SendResult.QUEUED;
    }

    private boolean mayLeave(int bytes, Purpose purpose) {
        if (!isOpen()) {
            return false;
        }
        return purpose == Purpose.CLOSE || !(purpose == Purpose.PART && partRefused) && hasRoom(bytes);
    }

    /** A message of which nothing has left is over with its last part; another one never is. */
    private void refuse(int first, Purpose purpose) {
        if (purpose == Purpose.PART) {
            partRefused = !Frames.isLast(first) || partialOpcode != Frames.CONTINUATION;
        }
    }

    /** One message may be larger than the queue, if it is the only one. */
    private boolean hasRoom(int bytes) {
        long waiting = outgoing == null ? 0 : outgoing.bytes();
        return (waiting == 0 || waiting + bytes <= group().engine().limits().queue())
                && group().budget().hasRoom(bytes);
    }

    /** Keeps messages that are sent in parts apart from others. */
    private int inOrder(int first, Purpose purpose) {
        int opcode = Frames.opcode(first);
        boolean within = partialOpcode != Frames.CONTINUATION;
        if (within && (purpose == Purpose.MESSAGE || purpose == Purpose.PART && partialOpcode != opcode)) {
            throw new IllegalStateException("A message is being sent in parts: send its last part first");
        }
        if (purpose != Purpose.PART) {
            return first;
        }
        partialOpcode = (byte) (Frames.isLast(first) ? Frames.CONTINUATION : opcode);
        return within ? first & Frames.FIN : first;
    }

    /** @return what is to be written later; null when all has left */
    private Outgoing writeNow(int first, ByteBuffer payload) throws IOException {
        ByteBuffer rest = payload.duplicate();
        RetainableByteBuffer borrowed = group().engine().buffers().acquire(EndPointWire.BUFFER_BYTES, true);
        try {
            ByteBuffer bytes = borrowed.getByteBuffer();
            BufferUtil.clearToFill(bytes);
            Frames.putHeader(bytes, first, rest.remaining());
            while (true) {
                BufferUtil.put(rest, bytes);
                bytes.flip();
                if (!wire.write(bytes)) {
                    return later(bytes, rest);
                }
                if (!rest.hasRemaining()) {
                    return null;
                }
                bytes.clear();
            }
        } finally {
            borrowed.release();
        }
    }

    private Outgoing later(ByteBuffer borrowed, ByteBuffer rest) {
        Outgoing begun = new Outgoing(this, wire);
        ByteBuffer copy = ByteBuffer.allocate(borrowed.remaining());
        begun.addRaw(copy.put(borrowed).flip());
        if (rest.hasRemaining()) {
            begun.addRaw(rest.slice());
        }
        return begun;
    }

    /** All that waited has left; called under the monitor. */
    void drained(Outgoing which) {
        if (outgoing == which) {
            outgoing = null;
        }
    }

    /** Whether nothing waits for the peer. */
    boolean isFlushed() {
        return outgoing == null;
    }

    /** For how many seconds the peer has taken nothing of what waits for it. */
    synchronized int stuckFor(int now) {
        return outgoing == null ? NOT_STUCK : now - outgoing.progressed();
    }

    /** There is no connection any more: nothing waits. Called under the monitor. */
    void dropOutput() {
        if (outgoing != null) {
            outgoing.release();
        }
    }
}
