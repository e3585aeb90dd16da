package platform.core.bench.load;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sends on some sockets, on each the next message when the former has come back, and takes the time of each. */
final class Measuring implements Activity {

    /** What is under way when the time is up may still come back. */
    private static final double GRACE_SECONDS = 5;

    private final int sockets;
    private final Payload payload;
    private final double seconds;
    private final Latencies latencies = new Latencies();
    private final Set<LoadSocket> waiting = new HashSet<>();
    private long begin;
    private long end;
    private int lost;
    private int wrong;

    Measuring(int sockets, int bytes, double seconds) {
        this.sockets = sockets;
        this.payload = new Payload(bytes);
        this.seconds = seconds;
    }

    @Override
    public void begin(Population population) {
        List<LoadSocket> some = population.open().stream().limit(sockets).toList();
        if (some.size() < sockets) {
            lost = sockets - some.size();
        }
        waiting.addAll(some);
        begin = System.nanoTime();
        end = begin;
        some.forEach(socket -> socket.send(payload, false));
    }

    @Override
    public void message(LoadSocket socket, ByteBuffer received) {
        if (!waiting.contains(socket) || !socket.isAnswer(payload, received)) {
            wrong++;
            return;
        }
        end = System.nanoTime();
        latencies.add(end - socket.sentAt());
        if ((end - begin) / 1e9 < seconds) {
            socket.send(payload, false);
        } else {
            waiting.remove(socket);
        }
    }

    @Override
    public void closed(LoadSocket socket) {
        if (waiting.remove(socket)) {
            lost++;
        }
    }

    @Override
    public boolean isDone() {
        return waiting.isEmpty();
    }

    @Override
    public Answer answer() {
        return Answer.of("messages", latencies.count())
                .with("seconds", (end - begin) / 1e9)
                .with("p50_us", latencies.microseconds(0.5))
                .with("p99_us", latencies.microseconds(0.99))
                .with("wrong", wrong)
                .with("lost", lost + waiting.size());
    }

    @Override
    public double seconds() {
        return seconds + GRACE_SECONDS;
    }
}
