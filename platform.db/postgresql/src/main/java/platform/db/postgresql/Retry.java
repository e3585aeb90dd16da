package platform.db.postgresql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tries something again and again on a thread of its own until it works, with pauses that double. */
final class Retry {

    private final Duration firstPause;
    private final Duration longestPause;
    private final BooleanSupplier work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch triedOnce = new CountDownLatch(1);
    private final Thread thread;

    /** @param work says whether it has worked */
    Retry(String name, Duration firstPause, Duration longestPause, BooleanSupplier work) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.work = work;
        thread = new Thread(this::tryOn, name);
        thread.setDaemon(true);
    }

    /** Begins; returns whether the first attempt has ended, well or not, within some patience. It goes on in any case. */
    boolean run(Duration patience) {
        thread.start();
        try {
            return triedOnce.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tryOn() {
        boolean done;
        try {
            done = work.getAsBoolean();
        } finally {
            triedOnce.countDown();
        }
        Duration pause = firstPause;
        while (!done && !isClosedWithin(pause)) {
            done = work.getAsBoolean();
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
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
