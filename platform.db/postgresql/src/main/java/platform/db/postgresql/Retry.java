package platform.db.postgresql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tries something again and again on a thread of its own until it works, with pauses that double. */
final class Retry {

    private final String name;
    private final Duration firstPause;
    private final Duration longestPause;
    private final BooleanSupplier work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread thread;

    /** @param work says whether it has worked */
    Retry(String name, Duration firstPause, Duration longestPause, BooleanSupplier work) {
        this.name = name;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.work = work;
    }

    /** Tries once, and goes on behind the caller's back if that fails. */
    void run() {
        if (!work.getAsBoolean()) {
            thread = new Thread(this::goOn, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void goOn() {
        Duration pause = firstPause;
        while (!isClosedWithin(pause) && !work.getAsBoolean()) {
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(longestPause) < 0 ? twice : longestPause;
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends it; an attempt that is under way is interrupted and waited for. */
    void close() {
        closed.countDown();
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
