package platform.webserver.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.util.Callback;

/** A wire without a network: it takes as many bytes as the test says, and keeps them. */
final class FakeWire implements Wire {

    private final Socket socket;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private IOException failure;
    private Runnable beforeWrite = () -> {};
    private ByteBuffer pending;
    private Callback waiting;
    private boolean outputEnded;
    private boolean cut;
    private boolean interested;
    private int interests;

    FakeWire(Socket socket) {
        this.socket = socket;
    }

    /** From now on it takes so many bytes, and no more. */
    synchronized void room(int bytes) {
        room = bytes;
    }

    synchronized void failWith(IOException cause) {
        failure = cause;
    }

    /** What another thread does just before something is written. */
    synchronized void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    @Override
    public synchronized boolean write(ByteBuffer bytes) throws IOException {
        beforeWrite.run();
        if (waiting != null) {
            throw new IllegalStateException("A write is under way");
        }
        if (failure != null || cut) {
            throw cut ? new IOException("Closed") : failure;
        }
        take(bytes);
        return !bytes.hasRemaining();
    }

    private void take(ByteBuffer bytes) {
        if (outputEnded) {
            throw new IllegalStateException("Written after the end of the output");
        }
        byte[] taken = new byte[Math.min(room, bytes.remaining())];
        bytes.get(taken);
        written.writeBytes(taken);
        room -= taken.length;
    }

    @Override
    public synchronized void write(ByteBuffer bytes, Callback callback) {
        if (waiting != null) {
            throw new IllegalStateException("A write is under way");
        }
        pending = bytes;
        waiting = callback;
    }

    /** The peer reads one slice of what waits. @return whether there was one */
    boolean drainOne() {
        Callback callback;
        synchronized (this) {
            if (waiting == null) {
                return false;
            }
            callback = waiting;
            waiting = null;
            room = Integer.MAX_VALUE;
            take(pending);
        }
        callback.succeeded();
        return true;
    }

    /** The peer reads all. @return in how many slices */
    int drain() {
        int slices = 0;
        while (drainOne()) {
            slices++;
        }
        return slices;
    }

    /** What waits cannot be written. */
    void breakDown() {
        Callback callback;
        synchronized (this) {
            callback = waiting;
            waiting = null;
        }
        if (callback != null) {
            callback.failed(new IOException("Connection reset"));
        }
    }

    synchronized boolean isWriting() {
        return waiting != null;
    }

    /** The frames that have left. */
    synchronized List<PeerFrames.Sent> frames() {
        return PeerFrames.parse(written.toByteArray());
    }

    @Override
    public void readOn() {
        if (socket.receivedBefore()) {
            interested();
        }
    }

    /** As the wire does when bytes have arrived: it gives them on, and asks for more unless the socket says no. */
    void arrive(byte[]... bytes) {
        if (!takeInterest()) {
            throw new IllegalStateException("Nobody asked for more");
        }
        if (socket.received(ByteBuffer.wrap(PeerFrames.concat(bytes)))) {
            interested();
        }
    }

    private synchronized void interested() {
        if (interested) {
            throw new IllegalStateException("More was asked for twice");
        }
        interested = true;
        interests++;
    }

    private synchronized boolean takeInterest() {
        boolean was = interested;
        interested = false;
        return was;
    }

    /** Whether more may arrive now. */
    synchronized boolean isInterested() {
        return interested;
    }

    /** How often more was asked for. */
    synchronized int interests() {
        return interests;
    }

    @Override
    public synchronized void endOutput() {
        outputEnded = true;
    }

    synchronized boolean isOutputEnded() {
        return outputEnded;
    }

    @Override
    public void cut() {
        synchronized (this) {
            if (cut) {
                return;
            }
            cut = true;
        }
        socket.gone();
        breakDown();
    }

    synchronized boolean isCut() {
        return cut;
    }
}
