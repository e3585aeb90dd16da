package platform.webserver.jetty;

import java.util.function.LongSupplier;

/** A token bucket: so many a second, and after a quiet while as many at once. */
final class RateLimit {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filled;

    RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.tokens = perSecond;
        this.filled = nanoTime.getAsLong();
    }

    /** Takes a token, if there is one. */
    synchronized boolean tryAcquire() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(perSecond, tokens + (now - filled) * perSecond / NANOS);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
