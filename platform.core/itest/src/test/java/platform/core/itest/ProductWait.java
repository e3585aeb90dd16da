package platform.core.itest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a thing by looking at it again and again, for so long and no longer. */
final class ProductWait {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();

    private ProductWait() {}

    /** Gives how long it took; throws when it is still not so. */
    static Duration until(String what, Duration bound, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > bound.toNanos()) {
                throw new AssertionError("After " + bound + " still not so: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
