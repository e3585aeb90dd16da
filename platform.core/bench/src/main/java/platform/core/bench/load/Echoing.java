package platform.core.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** Sends one message on each open socket, some at a time, and compares what comes back. */
final class Echoing implements Activity {

    private final Payload payload;
    private final boolean binary;
    private final int window;
    private final double seconds;
    private final long begin = System.nanoTime();
    private final Queue<LoadSocket> unsent = new ArrayDeque<>();
    private final Set<LoadSocket> waiting = new HashSet<>();
    private int sockets;
    private int verified;
    private int wrong;

    /** @param window how many are under way at a time */
    Echoing(int bytes, boolean binary, int window, double seconds) {
        this.payload = new Payload(bytes);
        this.binary = binary;
        this.window = window;
        this.seconds = seconds;
    }

    @Override
    public void begin(Population population) {
        unsent.addAll(population.open());
        sockets = unsent.size();
        for (int i = 0; i < window; i++) {
            next();
        }
    }

    private void next() {
        LoadSocket socket = unsent.poll();
        if (socket != null) {
            waiting.add(socket);
            socket.send(payload, binary);
        }
    }

    @Override
    public void message(LoadSocket socket, ByteBuffer received) {
        if (!waiting.remove(socket) || !socket.isAnswer(payload, received)) {
            wrong++;
        } else {
            verified++;
        }
        next();
    }

    @Override
    public void closed(LoadSocket socket) {
        unsent.remove(socket);
        if (waiting.remove(socket)) {
            next();
        }
    }

    @Override
    public boolean isDone() {
        return unsent.isEmpty() && waiting.isEmpty();
    }

    @Override
    public Answer answer() {
        return Answer.of("sockets", sockets)
                .with("verified", verified)
                .with("wrong", wrong)
                .with("missing", sockets - verified - wrong)
                .with("seconds", (System.nanoTime() - begin) / 1e9);
    }

    @Override
    public double seconds() {
        return seconds;
    }
}
