package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A client that behaves, on an echo socket of its own, all the while: what it waits for its answers is measured. */
final class Neighbour implements AutoCloseable {

    private static final long BETWEEN = Duration.ofMillis(5).toNanos();

    private final WireClient socket;
    private final Thread thread = new Thread(this::talk, "neighbour");
    private final List<Long> all = new ArrayList<>();
    private List<Long> waits = new ArrayList<>();
    private Throwable failure;
    private long asked;
    private volatile boolean ending;

    Neighbour(URI echo) {
        socket = WireClient.open(echo);
        thread.setDaemon(true);
        thread.start();
    }

    private void talk() {
        try {
            for (int i = 0; !ending; i++) {
                String message = "neighbour " + i;
                long begin = System.nanoTime();
                note(begin);
                String answer = socket.text(message).readText();
                note(begin, System.nanoTime());
                assertThat(answer).isEqualTo(message);
                LockSupport.parkNanos(BETWEEN);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized void note(long begin) {
        asked = begin;
    }

    private synchronized void note(long begin, long end) {
        asked = 0;
        waits.add(end - begin);
    }

    private synchronized void fail(Throwable cause) {
        failure = cause;
    }

    private synchronized Throwable failure() {
        return failure;
    }

    /** Since it was looked at last, each message was answered by itself, and the longest wait was bearable. */
    void mustBeWell(Duration bearable) {
        ProductWait.until("the neighbour talks", bearable, () -> count() > 0 || failure() != null);
        List<Long> lately = take();
        assertThat(failure()).as("What went wrong for the neighbour").isNull();
        all.addAll(lately);
        Duration longest = Duration.ofNanos(Collections.max(lately));
        assertThat(longest).as("The neighbour's longest wait").isLessThan(bearable);
    }

    /** The wait of which 99 of 100 were shorter, of all that was looked at so far. */
    Duration p99() {
        Collections.sort(all);
        return Duration.ofNanos(all.get((all.size() - 1) * 99 / 100));
    }

    synchronized int count() {
        return waits.size();
    }

    private synchronized List<Long> take() {
        List<Long> taken = waits;
        waits = new ArrayList<>();
        if (asked != 0) {
            taken.add(System.nanoTime() - asked);
        }
        return taken;
    }

    @Override
    public void close() {
        ending = true;
        socket.close();
    }
}
