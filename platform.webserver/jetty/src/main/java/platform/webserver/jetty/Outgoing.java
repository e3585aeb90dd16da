package platform.webserver.jetty;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * What waits for a peer that does not read fast enough: made when the network takes no more, dropped when all has left. Its
 * queue is guarded by the socket's monitor.
 */
final class Outgoing extends IteratingCallback {

    /** Up to this size a frame is copied together with its header. */
    private static final int COPIED = 4096;

    /** As much as is given to the network at a time: what Java copies on the way is kept by each thread. */
    private static final int SLICE = 32 * 1024;

    private static final int FRAME_COST = 64;

    private final FrameSender socket;
    private final Wire wire;
    private final Queue<ByteBuffer> queue = new ArrayDeque<>();
    private long bytes;
    /** The part of them that is being written. */
    private int leaving;

    private int progressed;

    Outgoing(FrameSender socket, Wire wire) {
        this.socket = socket;
        this.wire = wire;
        this.progressed = socket.group().engine().wheel().now();
    }

    /** Bytes that wait, with what the queue itself costs. */
    long bytes() {
        return bytes;
    }

    /** The second in which something left last, as the wheel counts. */
    int progressed() {
        return progressed;
    }

    void add(int first, ByteBuffer payload) {
        int length = payload.remaining();
        int header = Frames.headerSizeOut(length);
        boolean whole = length <= COPIED;
        ByteBuffer frame = ByteBuffer.allocate(whole ? header + length : header);
        Frames.putHeader(frame, first, length);
        if (whole) {
            frame.put(payload.duplicate());
        }
        addRaw(frame.flip());
        if (!whole) {
            addRaw(payload.slice());
        }
    }

    /** A part of a frame. */
    void addRaw(ByteBuffer part) {
        queue.add(part);
        charge(part.remaining() + FRAME_COST);
    }

    private void charge(long change) {
        bytes += change;
        socket.group().budget().add(change);
    }

    /** The socket is gone: nothing waits any more. */
    void release() {
        queue.clear();
        leaving = 0;
        charge(-bytes);
    }

    @Override
    protected Action process() {
        ByteBuffer next;
        synchronized (socket) {
            progressed = socket.group().engine().wheel().now();
            charge(-leaving);
            leaving = 0;
            next = slice();
            if (next == null) {
                socket.drained(this);
            }
        }
        if (next == null) {
            socket.afterDrained();
            return Action.SUCCEEDED;
        }
        wire.write(next, this);
        return Action.SCHEDULED;
    }

    private ByteBuffer slice() {
        ByteBuffer head = queue.peek();
        if (head == null) {
            return null;
        }
        if (head.remaining() > SLICE) {
            ByteBuffer part = head.slice(head.position(), SLICE);
            head.position(head.position() + SLICE);
            leaving = SLICE;
            return part;
        }
        leaving = head.remaining() + FRAME_COST;
        return queue.remove();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        wire.cut();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
