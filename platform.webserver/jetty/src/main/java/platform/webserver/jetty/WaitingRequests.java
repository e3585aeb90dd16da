package platform.webserver.jetty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests that wait until a path serves (again). They take no threads. Any thread may call it. */
final class WaitingRequests {

    /** As many as an instance answers at a time unless it is told otherwise. */
    private static final int MOST = 192;

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean isOpen;
    private long until;

    /** From now on requests may wait, for so long; for no time lets those that wait go on. */
    void open(Duration limit) {
        synchronized (this) {
            until = System.nanoTime() + limit.toNanos();
            isOpen = true;
        }
        expire();
    }

    /**
     * @param request is run when it may go on, soon
     * @return for how many nanoseconds it waits at most; 0 when it may not, then it is never run
     */
    synchronized long add(Runnable request) {
        long left = isOpen ? Math.max(0, until - System.nanoTime()) : 0;
        if (left == 0 || waiting.size() == MOST) {
            return 0;
        }
        waiting.add(request);
        return left;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Lets all go on if their time is over. @return the nanoseconds that it is not over for; 0 when nobody waits */
    long expire() {
        synchronized (this) {
            long left = until - System.nanoTime();
            if (isOpen && left > 0) {
                return waiting.isEmpty() ? 0 : left;
            }
        }
        release();
        return 0;
    }

    /** Lets all go on, and none wait any more. */
    void release() {
        List<Runnable> all;
        synchronized (this) {
            isOpen = false;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Runnable::run);
    }
}
